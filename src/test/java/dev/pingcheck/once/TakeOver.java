package dev.pingcheck.once;

import dev.pingcheck.kube.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** Ends the leader of two operators again and again, and times until a crossing is told. */
public final class TakeOver {
  /** A check that crosses more often would be flapping, of which single crossings are not told. */
  private static final int TURNS_OF_A_CHECK = 4;

  /**
   * Seconds from the leader's end to the event of a crossing that happened then.
   *
   * @param killed after SIGKILL
   * @param ended after SIGTERM, from the signal on
   */
  public record Result(List<Double> killed, List<Double> ended) {}

  private TakeOver() {}

  /** Runs so many turns of each kind. */
  public static Result run(ApiServer api, int turns, Consumer<String> progress) {
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac");
    Path account = api.kubeconfig("pingcheck-system", "pingcheck-operator");
    Path file = worldFile();
    int checks = 2 * turns / TURNS_OF_A_CHECK + 1;
    World world = new World(file, checks);
    try (Processes processes = new Processes();
        Told told = new Told(api, api.newNamespace("take-over"));
        Replica one = new Replica(processes, "one", account);
        Replica two = new Replica(processes, "two", account)) {
      for (int i = 0; i < checks; i++) {
        told.create(World.check(i), "60s");
      }
      for (Replica replica : List.of(one, two)) {
        replica.startOperator().startProbe(file, checks).awaitReady();
      }
      List<Double> killed = new ArrayList<>();
      List<Double> ended = new ArrayList<>();
      for (int turn = 0; turn < 2 * turns; turn++) {
        boolean hard = turn % 2 == 0;
        Awaitility.await("a leader")
            .atMost(60, TimeUnit.SECONDS)
            .until(() -> one.leads() || two.leads());
        Replica leader = one.leads() ? one : two;
        double seconds = turn(told, world, turn / TURNS_OF_A_CHECK, leader, hard);
        (hard ? killed : ended).add(seconds);
        progress.accept("%s: %.1f s".formatted(hard ? "killed" : "told to end", seconds));
      }
      return new Result(killed, ended);
    } finally {
      delete(file);
    }
  }

  private static double turn(Told told, World world, int number, Replica leader, boolean hard) {
    String check = World.check(number);
    Awaitility.await("a first round")
        .atMost(60, TimeUnit.SECONDS)
        .until(() -> told.check(check).getStatus(), s -> s != null && s.getLastRound() != null);
    sleep(3000); // the lease is renewed, and the standby has seen it
    int before = told.count(check);
    long began = System.nanoTime();
    if (hard) {
      Processes.kill(leader.operator());
    } else {
      Processes.terminate(leader.operator());
    }
    // Only now, so that it is the other who tells it.
    world.set(number, world.of(number) == World.State.GOOD ? World.State.LOSSY : World.State.GOOD);
    Awaitility.await("the crossing is told")
        .atMost(90, TimeUnit.SECONDS)
        .pollInterval(20, TimeUnit.MILLISECONDS)
        .until(() -> told.count(check) > before);
    double seconds = (System.nanoTime() - began) / 1e9;
    leader.startOperator().awaitReady();
    return seconds;
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
