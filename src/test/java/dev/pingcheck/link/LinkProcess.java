package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import java.nio.file.Path;

/** An operator or a probe as a process of its own, to be killed. It prints what it hears. */
final class LinkProcess {
  private LinkProcess() {}

  public static void main(String[] args) throws Exception {
    Path socket = Path.of(args[1]);
    if (args[0].equals("operator")) {
      PlanBook book = new PlanBook();
      book.put(Samples.plan(1));
      book.complete();
      new LinkServer(
              socket,
              book,
              (from, report, safe) -> {
                System.out.println("report " + report.id());
                safe.run();
              },
              Clock.system())
          .start();
    } else {
      LinkClient client =
          new LinkClient(
              socket,
              args[2],
              new RecordingListener(),
              Clock.system(),
              LinkClientLimits.defaults());
      client.start();
      for (int number = 1; number <= 20; number++) {
        client.report(Samples.report(args[2], number));
      }
    }
    Thread.sleep(300_000);
  }
}
