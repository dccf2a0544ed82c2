package dev.pingcheck.resolve;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** A real DNS server on loopback; needs Debian's dnsmasq-base. */
final class Dnsmasq implements AutoCloseable {
  private final Process process;

  private Dnsmasq(Process process) {
    this.process = process;
  }

  /** A port that nobody has and that the kernel gives to nobody while a test restarts a server. */
  static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (DatagramSocket udp = new DatagramSocket(port, InetAddress.getLoopbackAddress());
          ServerSocket tcp = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return udp.getLocalPort();
      } catch (BindException taken) {
        // The next one.
      }
    }
  }

  /** Starts one with options such as {@code host-record=a.test,192.0.2.1,60}, ready to be asked. */
  static Dnsmasq start(int port, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--no-resolv",
                "--no-hosts",
                "--log-facility=-",
                "--bind-interfaces",
                "--listen-address=127.0.0.1",
                "--port=" + port,
                "--user=root",
                "--local=/test/"));
    for (String option : options) {
      command.add("--" + option);
    }
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectErrorStream(true)
              .start();
    } catch (IOException missing) {
      throw new IllegalStateException("These tests need dnsmasq: Debian's dnsmasq-base.", missing);
    }
    Dnsmasq started = new Dnsmasq(process);
    started.awaitAnswer(port);
    return started;
  }

  private void awaitAnswer(int port) throws Exception {
    byte[] question =
        Message.newQuery(Record.newRecord(Name.fromString("ready.test."), Type.A, DClass.IN))
            .toWire();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(50);
      for (int attempt = 0; attempt < 200 && process.isAlive(); attempt++) {
        socket.send(
            new DatagramPacket(
                question, question.length, new InetSocketAddress("127.0.0.1", port)));
        try {
          socket.receive(new DatagramPacket(new byte[512], 512));
          return;
        } catch (IOException notYet) {
          Thread.sleep(20);
        }
      }
    }
    close();
    throw new IllegalStateException("dnsmasq did not start on port " + port);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
