package dev.pingcheck.bench.operator;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.PingCheckSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Checks named {@code check-00000} and so on, in one namespace.
 *
 * @param count at most 65,000; each has an address of its own out of 198.18.0.0/15, the network for
 *     benchmarks (RFC 2544)
 */
record ManyChecks(KubernetesClient client, String namespace, int count) {
  private static final int AT_ONCE = 8;

  static String name(int number) {
    return "check-%05d".formatted(number);
  }

  static int number(String name) {
    return Integer.parseInt(name.substring("check-".length()));
  }

  static String address(int number) {
    return "198.18." + number / 250 + "." + (number % 250 + 1);
  }

  /** Makes all of them, eight at once, as fast as the API server takes them. */
  void apply(Consumer<PingCheckSpec> timing) throws InterruptedException {
    try (ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE)) {
      var all =
          IntStream.range(0, count)
              .mapToObj(i -> hands.<Object>submit(() -> create(i, timing)))
              .toList();
      for (Future<Object> each : all) {
        each.get();
      }
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException("a check was not taken: " + e.getCause().getMessage(), e);
    }
  }

  private PingCheck create(int number, Consumer<PingCheckSpec> timing) {
    PingCheck check = new PingCheck();
    check.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(name(number)).build());
    PingCheckSpec spec = new PingCheckSpec();
    spec.setHostname(address(number));
    timing.accept(spec);
    check.setSpec(spec);
    return client.resource(check).create();
  }
}
