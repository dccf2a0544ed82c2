package dev.pingcheck.lab.tun;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A program for a {@link TunNamespace}: answers each echo request after a fixed time, the first one
 * of all as often as is asked for: {@code DELAY_MS COPIES_OF_THE_FIRST}. It says {@code ready},
 * then {@code first} when the first request has come, and {@code answered} when that is answered.
 */
public final class SlowEcho {
  private static final long LONGEST_WAIT = 20_000_000;

  private final TunDevice device = new TunDevice(TunNamespace.DEVICE);
  private final Queue<Due> queue = new ArrayDeque<>();
  private final long delay;
  private final int copiesOfTheFirst;
  private boolean any;

  private record Due(Packet reply, long at, int copies) {}

  private SlowEcho(long delay, int copiesOfTheFirst) {
    this.delay = delay;
    this.copiesOfTheFirst = copiesOfTheFirst;
  }

  public static void main(String... arguments) {
    SlowEcho echo =
        new SlowEcho(Long.parseLong(arguments[0]) * 1_000_000, Integer.parseInt(arguments[1]));
    System.out.println("ready");
    while (true) {
      echo.turn();
    }
  }

  private void turn() {
    for (byte[] octets = device.read(); octets.length > 0; octets = device.read()) {
      accept(Packet.of(octets));
    }
    while (!queue.isEmpty() && queue.peek().at() - System.nanoTime() <= 0) {
      answer(queue.remove());
    }
    Due next = queue.peek();
    long wait = next == null ? LONGEST_WAIT : next.at() - System.nanoTime();
    device.await(Math.clamp(wait, 0, LONGEST_WAIT));
  }

  private void accept(Packet packet) {
    if (!packet.isEchoRequest()) {
      return;
    }
    if (!any) {
      System.out.println("first");
    }
    int copies = any ? 1 : copiesOfTheFirst;
    any = true;
    queue.add(new Due(packet.reply().seal(), System.nanoTime() + delay, copies));
  }

  private void answer(Due due) {
    for (int i = 0; i < due.copies(); i++) {
      device.write(due.reply().octets());
    }
    if (due.copies() > 1) {
      System.out.println("answered");
    }
  }
}
