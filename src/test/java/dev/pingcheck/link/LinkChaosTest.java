package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that break at any octet while plans change and reports flow. */
class LinkChaosTest {
  private static final String PROBE = "9f3c21aa";
  private static final int STEPS = 400;

  @TempDir Path folder;
  private final PlanBook book = new PlanBook(64);
  private final RecordingListener listener = new RecordingListener();
  private final List<Long> handled = Collections.synchronizedList(new ArrayList<>());

  private static LinkClientLimits limits() {
    return new LinkClientLimits(
        10_000,
        8 << 20,
        64,
        new LinkClientLimits.Backoff(Duration.ofMillis(1), Duration.ofMillis(20)),
        Duration.ofMinutes(10),
        Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyReportIsHandedOverOnceAndThePlansEndEqualToTheBook(long seed) throws Exception {
    Random random = new Random(seed);
    List<Runnable> held = Collections.synchronizedList(new ArrayList<>());
    ReportHandler handler =
        (from, report, safe) -> {
          handled.add(report.id().number());
          held.add(safe);
        };
    Path socket = folder.resolve("op.sock");
    Path cut = folder.resolve("cut.sock");
    try (LinkServer server = new LinkServer(socket, book, handler, Clock.system());
        CuttingRelay relay = new CuttingRelay(cut, socket, seed);
        LinkClient client = new LinkClient(cut, PROBE, listener, Clock.system(), limits())) {
      server.start();
      book.complete();
      client.start();
      long reports = 0;
      for (int step = 0; step < STEPS; step++) {
        reports = act(random, client, reports);
        drain(held, random.nextInt(20));
        if (random.nextInt(8) == 0) {
          relay.cutAll();
        }
      }
      await()
          .until(() -> {
            relay.cutAll();
            return relay.cuts() > 10;
          });
      relay.heal();
      long all = reports;
      await()
          .untilAsserted(() -> {
            drain(held, Integer.MAX_VALUE);
            assertThat(handled).hasSizeGreaterThanOrEqualTo((int) all);
            assertThat(listener.plans()).isEqualTo(Set.copyOf(book.plans()));
          });
      assertThat(handled)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, all).boxed().toList());
      assertThat(client.dropped()).isZero();
    }
  }

  private long act(Random random, LinkClient client, long reports) throws InterruptedException {
    long next = reports;
    for (int burst = random.nextInt(10); burst > 0; burst--) {
      next++;
      client.report(Samples.report(PROBE, next));
    }
    for (int burst = random.nextInt(10); burst > 0; burst--) {
      int check = random.nextInt(200);
      if (random.nextInt(3) == 0) {
        book.remove("uid-" + check);
      } else {
        book.put(Samples.plan(check, random.nextInt(5)));
      }
    }
    if (random.nextInt(4) == 0) {
      Thread.sleep(random.nextInt(10));
    }
    return next;
  }

  private static void drain(List<Runnable> held, int most) {
    for (int left = most; left > 0 && !held.isEmpty(); left--) {
      held.removeFirst().run();
    }
  }

  @Test
  void anOperatorThatRestartsAtAnyMomentLosesNoReport() throws Exception {
    Path socket = folder.resolve("op.sock");
    Random random = new Random(7);
    Set<Long> saved = ConcurrentHashMap.newKeySet();
    ReportHandler forgetful =
        (from, report, safe) -> {
          if (random.nextInt(3) > 0) {
            saved.add(report.id().number());
            safe.run();
          }
        };
    try (LinkClient client = new LinkClient(socket, PROBE, listener, Clock.system(), limits())) {
      client.start();
      long reports = 0;
      for (int life = 0; life < 15; life++) {
        PlanBook fresh = new PlanBook();
        fresh.put(Samples.plan(life));
        fresh.complete();
        try (LinkServer server = new LinkServer(socket, fresh, forgetful, Clock.system())) {
          server.start();
          for (int burst = 0; burst < 20; burst++) {
            reports++;
            client.report(Samples.report(PROBE, reports));
          }
          await().until(() -> listener.plans().equals(Set.copyOf(fresh.plans())));
        }
      }
      try (LinkServer last =
          new LinkServer(
              socket,
              book,
              (from, report, safe) -> {
                saved.add(report.id().number());
                safe.run();
              },
              Clock.system())) {
        last.start();
        await().until(() -> saved.size() == 300);
      }
    }
  }
}
