package dev.pingcheck.once;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.once.FaultyProxy.Fault;
import dev.pingcheck.once.Told.Crossing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No crossing is lost or doubled, whatever dies and whatever the API server answers. */
class ExactlyOnceIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  private static final int TURMOIL_CROSSINGS = 120;
  private static final int FAULTY_CHECKS = 10;

  /** A sixth crossing within ten minutes would be flapping. */
  private static final int FAULTY_TURNS = 5;

  /** Without anything killed the test would prove nothing. */
  private static final int LEAST_DEEDS = 3;

  private static final long SEED = 20260301;

  /** Of ten requests that are no watch, so many go through unharmed. */
  private static final int UNHARMED_IN_TEN = 6;

  @BeforeEach
  void install() {
    api.installCrdAfresh();
    api.kubectl("apply", "-f", "k8s/rbac");
  }

  @Test
  void crossingsAmidKillsOfEverythingAreToldOnceEach() {
    ManyCrossings.Result result =
        ManyCrossings.run(api, TURMOIL_CROSSINGS, SEED, line -> System.out.println(line));
    assertThat(result.crossings()).isEqualTo(TURMOIL_CROSSINGS);
    assertThat(result.deeds()).isGreaterThanOrEqualTo(LEAST_DEEDS);
    assertThat(result.lost()).as("lost; done meanwhile: " + result.inWords()).isZero();
    assertThat(result.doubled()).as("doubled; done meanwhile: " + result.inWords()).isZero();
  }

  @Test
  void crossingsBehindAnApiServerThatRefusesAndForgetsToAnswerAreToldOnceEach() {
    Random random = new Random(SEED);
    try (Processes processes = new Processes();
        Told told = new Told(api, api.newNamespace("faulty"));
        FaultyProxy proxy = new FaultyProxy(api);
        Replica replica =
            new Replica(
                processes,
                "behind-a-faulty-proxy",
                proxy.kubeconfig(api.kubeconfig("pingcheck-system", "pingcheck-operator")));
        ScriptedProbe probe = new ScriptedProbe(replica.socket())) {
      for (int i = 0; i < FAULTY_CHECKS; i++) {
        told.create(World.check(i), "1h");
      }
      replica.startOperator().awaitReady();
      Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> probe.plans() == FAULTY_CHECKS);
      proxy.follow((method, path) -> fault(random));
      List<Crossing> expected = new ArrayList<>();
      for (int turn = 0; turn < FAULTY_TURNS; turn++) {
        expected.addAll(turn(probe, told, turn));
      }
      proxy.follow((method, path) -> Fault.NONE);
      Awaitility.await().pollDelay(3, TimeUnit.SECONDS).until(() -> true); // for one too many
      for (int i = 0; i < FAULTY_CHECKS; i++) {
        String check = World.check(i);
        assertThat(told.stored(check))
            .containsExactlyElementsOf(
                expected.stream().filter(c -> c.check().equals(check)).toList());
        assertThat(told.count(check)).isEqualTo(FAULTY_TURNS);
      }
      assertThat(proxy.done()).containsKeys(Fault.values());
    }
  }

  private static synchronized Fault fault(Random random) {
    if (random.nextInt(10) < UNHARMED_IN_TEN) {
      return Fault.NONE;
    }
    Fault[] all = Fault.values();
    return all[1 + random.nextInt(all.length - 1)];
  }

  private static List<Crossing> turn(ScriptedProbe probe, Told told, int turn) {
    boolean isLoss = turn % 2 == 0;
    List<Crossing> crossings = new ArrayList<>();
    for (int i = 0; i < FAULTY_CHECKS; i++) {
      String check = World.check(i);
      Instant end = probe.round(check, isLoss ? World.State.LOSSY : World.State.GOOD).orElseThrow();
      crossings.add(new Crossing(check, isLoss ? "LossThresholdExceeded" : "LossRecovered", end));
    }
    for (int i = 0; i < FAULTY_CHECKS; i++) {
      String check = World.check(i);
      Awaitility.await(check + ", turn " + turn)
          .atMost(120, TimeUnit.SECONDS)
          .until(() -> told.count(check) > turn);
    }
    return crossings;
  }
}
