package dev.pingcheck.resolve;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.xbill.DNS.Message;

/** A DNS server that answers as a test says, also wrongly or not at all; counts the questions. */
final class ScriptedDns implements AutoCloseable {
  private final DatagramSocket socket;
  private final AtomicInteger questions = new AtomicInteger();

  ScriptedDns(Function<Message, Optional<Message>> script) throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(() -> serve(script));
  }

  private void serve(Function<Message, Optional<Message>> script) {
    byte[] room = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(room, room.length);
        socket.receive(packet);
        questions.incrementAndGet();
        byte[] asked = Arrays.copyOf(room, packet.getLength());
        Optional<Message> answer = script.apply(new Message(asked));
        if (answer.isPresent()) {
          byte[] octets = answer.get().toWire();
          socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  int questions() {
    return questions.get();
  }

  @Override
  public void close() {
    socket.close();
  }
}
