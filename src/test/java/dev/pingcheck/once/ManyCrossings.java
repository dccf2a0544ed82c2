package dev.pingcheck.once;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.once.Told.Crossing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/**
 * Has many checks cross to and fro while leader, probes, API server and etcd are killed, and counts
 * what was told: a host changes when its last change was told, so that each change is one crossing,
 * whichever probe sees it and however often.
 */
public final class ManyCrossings {
  /** A sixth within ten minutes would be flapping, of which single crossings are not told. */
  private static final int MOST_OF_A_CHECK = 5;

  /** So many of them cross at a time: all at once would have crossed before anything is killed. */
  private static final int AT_ONCE = 5;

  private static final Duration LOST_AFTER = Duration.ofMinutes(3);
  private static final int LONGEST_REST_MILLIS = 6000;
  private static final int SETTLING_SECONDS = 15;

  /**
   * What came of it.
   *
   * @param crossings how many there were
   * @param lost how many of them were never told
   * @param doubled how many events there were beyond one a crossing, or of the wrong kind
   * @param deeds how much was done meanwhile
   * @param inWords what it was, and how often
   */
  public record Result(int crossings, int lost, int doubled, int deeds, String inWords) {}

  private final ApiServer api;
  private final int crossings;
  private final Random random;
  private final Consumer<String> progress;
  private final int checks;
  private final int[] changes;
  private final long[] changeAt;
  private final Set<Integer> lost = new HashSet<>();
  private int started;

  private ManyCrossings(ApiServer api, int crossings, long seed, Consumer<String> progress) {
    this.api = api;
    this.crossings = crossings;
    this.random = new Random(seed);
    this.progress = progress;
    // A few more than are needed, so that the last crossings are not those of a few checks alone.
    checks = crossings / (MOST_OF_A_CHECK - 1);
    changes = new int[checks];
    changeAt = new long[checks];
  }

  /** Runs so many crossings; the API server is as before afterwards. */
  public static Result run(ApiServer api, int crossings, long seed, Consumer<String> progress) {
    return new ManyCrossings(api, crossings, seed, progress).run();
  }

  private Result run() {
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac");
    api.admin().leases().inNamespace("pingcheck-system").withName("pingcheck-operator").delete();
    Path account = api.kubeconfig("pingcheck-system", "pingcheck-operator");
    Path file = worldFile();
    World world = new World(file, checks);
    try (Processes processes = new Processes();
        Told told = new Told(api, api.newNamespace("crossings"));
        Replica one = new Replica(processes, "one", account);
        Replica two = new Replica(processes, "two", account)) {
      for (int i = 0; i < checks; i++) {
        told.create(World.check(i), "60s");
      }
      List<Replica> replicas = List.of(one, two);
      List<Runnable> probeStarts = new ArrayList<>();
      for (Replica replica : replicas) {
        probeStarts.add(() -> replica.startProbe(file, checks));
        replica.startOperator().startProbe(file, checks);
      }
      replicas.forEach(Replica::awaitReady);
      awaitFirstRounds(told);
      progress.accept("all checks are healthy; the turmoil begins");
      Map<Turmoil.Deed, Integer> deeds = cross(told, world, replicas, probeStarts);
      return count(told, deeds);
    } finally {
      delete(file);
    }
  }

  private void awaitFirstRounds(Told told) {
    for (int i = 0; i < checks; i++) {
      String check = World.check(i);
      Awaitility.await(check)
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> told.check(check).getStatus(), s -> s != null && s.getLastRound() != null);
    }
  }

  private Map<Turmoil.Deed, Integer> cross(
      Told told, World world, List<Replica> replicas, List<Runnable> probeStarts) {
    try (Turmoil turmoil = new Turmoil(api, replicas, probeStarts, random)) {
      turmoil.start();
      int reported = 0;
      while (!isOver(told)) {
        step(told, world);
        if (started >= reported + 50) {
          reported = started;
          progress.accept(started + " of " + crossings + " crossings, " + turmoil.done());
        }
        sleep(10);
      }
      return turmoil.done();
    }
  }

  private boolean isOver(Told told) {
    boolean allTold = true;
    for (int i = 0; i < checks; i++) {
      allTold &= lost.contains(i) || told.count(World.check(i)) >= changes[i];
    }
    return allTold && (started >= crossings || lost.size() == checks);
  }

  private void step(Told told, World world) {
    long now = System.nanoTime();
    int room = AT_ONCE - underWay(told);
    for (int i = 0; i < checks; i++) {
      if (lost.contains(i)) {
        continue;
      }
      boolean isTold = told.count(World.check(i)) >= changes[i];
      if (!isTold && now - changeAt[i] > LOST_AFTER.toNanos()) {
        progress.accept("lost: change " + changes[i] + " of " + World.check(i));
        lost.add(i);
      } else if (isTold && mayChange(i) && changeAt[i] <= now && (changes[i] > 0 || room > 0)) {
        room -= changes[i] > 0 ? 0 : 1;
        change(world, i, now);
      }
    }
  }

  /** How many checks have begun to cross and have not done so for the last time. */
  private int underWay(Told told) {
    int underWay = 0;
    for (int i = 0; i < checks; i++) {
      boolean isDone =
          lost.contains(i)
              || changes[i] == MOST_OF_A_CHECK && told.count(World.check(i)) == MOST_OF_A_CHECK;
      underWay += changes[i] > 0 && !isDone ? 1 : 0;
    }
    return underWay;
  }

  private boolean mayChange(int check) {
    return started < crossings && changes[check] < MOST_OF_A_CHECK;
  }

  /** The host changes, or rests a while before its next change. */
  private void change(World world, int check, long now) {
    if (random.nextInt(4) == 0) {
      changeAt[check] = now + random.nextInt(LONGEST_REST_MILLIS) * 1_000_000L;
      return;
    }
    changes[check]++;
    started++;
    changeAt[check] = now;
    world.set(check, changes[check] % 2 == 1 ? World.State.LOSSY : World.State.GOOD);
  }

  private Result count(Told told, Map<Turmoil.Deed, Integer> deeds) {
    progress.accept("waiting for events that should not come");
    sleep(SETTLING_SECONDS * 1000);
    int missing = 0;
    int surplus = 0;
    for (int i = 0; i < checks; i++) {
      String check = World.check(i);
      List<Crossing> stored = told.stored(check);
      int seen = Math.max(told.count(check), stored.size());
      int wrong = Math.max(0, seen - changes[i]) + wrongTurns(stored);
      if (seen != changes[i] || wrong > 0) {
        progress.accept(
            "%s changed %d times, and of it was told: %s".formatted(check, changes[i], stored));
      }
      missing += Math.max(0, changes[i] - seen);
      surplus += wrong;
    }
    int done = deeds.values().stream().mapToInt(Integer::intValue).sum();
    return new Result(started, missing, surplus, done, deeds.toString());
  }

  /** The first tells a loss, each further one the opposite of the one before. */
  private static int wrongTurns(List<Crossing> stored) {
    int wrong = 0;
    for (int i = 0; i < stored.size(); i++) {
      String right = i % 2 == 0 ? "LossThresholdExceeded" : "LossRecovered";
      wrong += stored.get(i).reason().equals(right) ? 0 : 1;
    }
    return wrong;
  }

  private static Path worldFile() {
    try {
      return Files.createTempFile("world", ".states");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
