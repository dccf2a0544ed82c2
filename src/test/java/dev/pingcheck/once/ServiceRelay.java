package dev.pingcheck.once;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One address before several operators, as a Service is: each connection goes to one of them by
 * lot, whether it listens or not.
 */
final class ServiceRelay implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final ServerSocket server;
  private final List<Integer> ports;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();

  ServiceRelay(List<Integer> ports) {
    this.ports = List.copyOf(ports);
    try {
      server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Connections so far. */
  int accepted() {
    return accepted.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = server.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> relay(from));
      }
    } catch (IOException closed) {
      // It ends.
    }
  }

  private void relay(Socket from) {
    int port = ports.get(ThreadLocalRandom.current().nextInt(ports.size()));
    open.add(from);
    try (from;
        Socket to = new Socket(InetAddress.getLoopbackAddress(), port)) {
      open.add(to);
      Thread back = Thread.ofVirtual().start(() -> pump(to, from));
      pump(from, to);
      back.join();
      open.remove(to);
    } catch (IOException refused) {
      // The other end sees its connection closed.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.remove(from);
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
    } catch (IOException broken) {
      // Closed below.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // That is as well.
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open.forEach(ServiceRelay::close);
  }
}
