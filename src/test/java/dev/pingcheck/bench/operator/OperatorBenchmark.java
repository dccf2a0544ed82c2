package dev.pingcheck.bench.operator;

import dev.pingcheck.bench.Benchmark;
import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Measurement;
import dev.pingcheck.crd.NamespaceSelector;
import dev.pingcheck.crd.PingPolicy;
import dev.pingcheck.crd.PingPolicySpec;
import dev.pingcheck.crd.PolicyLimits;
import dev.pingcheck.kube.ApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The operator at ten thousand checks beside a real API server. One part alone runs with {@code
 * -Dpingcheck.bench.part=start|real|scale} in JAVA_TOOL_OPTIONS, and with fewer checks with {@code
 * -Dpingcheck.bench.checks=N}.
 */
public final class OperatorBenchmark implements Benchmark {
  private static final Path STATE = Path.of("target/bench-operator");

  @Override
  public String name() {
    return "operator";
  }

  @Override
  public String summary() {
    return "what 10,000 checks ask of the API server, and how soon they are told of";
  }

  @Override
  public Measurement run(Consumer<String> progress) {
    String part = System.getProperty("pingcheck.bench.part", "");
    List<Figure> figures = new ArrayList<>();
    List<String> words = new ArrayList<>();
    try (ApiServer api = ApiServer.open(STATE)) {
      api.installCrd();
      api.kubectl("apply", "-f", "k8s/rbac");
      api.admin().resource(roomForAll()).create();
      Path folder = Files.createTempDirectory("pc-bench");
      Files.deleteIfExists(STATE.resolve("operator.log"));
      Bed bed =
          new Bed(
              api,
              STATE,
              folder.resolve("link.sock"),
              STATE.resolve("operator.log").toAbsolutePath(),
              progress);
      if (part.isEmpty() || part.equals("start")) {
        new StartUp(bed).measure(figures, words);
      }
      if (part.isEmpty() || part.equals("real")) {
        new RealEchoes(bed).measure(figures, words);
      }
      if (part.isEmpty() || part.equals("scale")) {
        new AtScale(bed, Integer.getInteger("pingcheck.bench.checks", 10_000))
            .measure(figures, words);
      }
      try (Stream<Path> left = Files.list(folder)) {
        for (Path file : left.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("it was interrupted", e);
    }
    return new Measurement(figures, String.join(" ", words));
  }

  /** More than the built-in policy grants to a namespace. */
  private static PingPolicy roomForAll() {
    PolicyLimits limits = new PolicyLimits();
    limits.setChecks(100_000);
    limits.setEchoesPerSecond(100_000);
    PingPolicySpec spec = new PingPolicySpec();
    spec.setNamespaceSelector(new NamespaceSelector());
    spec.setLimits(limits);
    PingPolicy policy = new PingPolicy();
    policy.setMetadata(new ObjectMetaBuilder().withName("bench").build());
    policy.setSpec(spec);
    return policy;
  }
}
