package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.crd.OneOffMark;
import dev.pingcheck.crd.PingCheckSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RunWordsTest {
  private final StringWriter text = new StringWriter();
  private final RunStatistics told = new RunStatistics();

  private static TargetOptions options(String... arguments) {
    TargetOptions options = new TargetOptions();
    new CommandLine(options).parseArgs(arguments);
    return options;
  }

  private RunPrinter printer(TargetOptions options) {
    return new RunPrinter(new PrintWriter(text), options, OutputForm.TEXT);
  }

  private void tell(RunPrinter printer, Statuses of) {
    ToldRound.of(of.status)
        .forEach(round -> told.take(round).ifPresent(number -> printer.round(round, number)));
  }

  @Test
  void anEchoASecondIsARoundEachSecond() {
    PingCheckSpec spec = options("gw.example.com", "-c", "3", "-W", "0.5", "-4").spec();
    assertThat(spec.getCount()).isEqualTo(1);
    assertThat(spec.getPeriod()).isEqualTo("1s");
    assertThat(spec.getTimeout()).isEqualTo("500ms");
    assertThat(spec.getIpFamily()).isEqualTo("IPv4");
    assertThat(spec.getThresholds().getFailureThreshold()).isEqualTo(100);
    assertThat(options("h", "-c", "3").rounds()).contains(3L);
    assertThat(options("h").rounds()).isEmpty();
  }

  @Test
  void quickEchoesAreRoundsOfASecond() {
    TargetOptions quick = options("h", "-c", "7", "-i", "0.2");
    assertThat(quick.perRound()).isEqualTo(5);
    assertThat(quick.period()).isEqualTo(Duration.ofSeconds(1));
    assertThat(quick.rounds()).contains(2L);
    printer(quick).started("prod", "run-h-00af01");
    assertThat(text.toString())
        .isEqualTo(
            """
            PING h from the cluster, 56 bytes of payload, 5 a round, as PingCheck prod/run-h-00af01
            Rounds are whole: 10 echo requests are sent, not 7.
            """);
    TargetOptions slow = options("h", "-i", "5");
    assertThat(slow.perRound()).isEqualTo(1);
    assertThat(slow.spec().getPeriod()).isEqualTo("5s");
  }

  @Test
  void linesAreThoseOfPingAndEachRoundCountsOnce() {
    RunPrinter printer = printer(options("gw.example.com"));
    tell(printer, new Statuses("r").round("9f-31", 1, 1, "1.5ms"));
    tell(printer, new Statuses("r").round("9f-31", 1, 1, "1.5ms"));
    tell(printer, new Statuses("r").round("9f-32", 1, 0, null));
    tell(printer, new Statuses("r").round("9f-35", 1, 1, "2.5ms"));
    printer.finished(told, Duration.ofMillis(4_321));
    assertThat(text.toString())
        .isEqualTo(
            """
            64 bytes from 192.0.2.1: seq=1 time=1.500 ms
            no reply from 192.0.2.1: seq=2 Timeout
            64 bytes from 192.0.2.1: seq=5 time=2.500 ms

            --- gw.example.com ping statistics ---
            3 packets transmitted, 2 received, 33% packet loss, time 4321ms
            rtt min/avg/max/mdev = 1.500/2.000/2.500/0.500 ms
            2 rounds more were sent; their figures are not in these, as the operator writes a status no faster than its budget allows.
            """);
    assertThat(told.hasReached(5)).isTrue();
    assertThat(told.hasReached(6)).isFalse();
    // Another probe counts from another beginning.
    tell(printer, new Statuses("r").round("aa-7", 1, 1, "1ms"));
    assertThat(text.toString()).endsWith("64 bytes from 192.0.2.1: seq=6 time=1.000 ms\n");
    assertThat(told.untold()).isEqualTo(2);
  }

  @Test
  void aRoundOfSeveralIsOneLine() {
    tell(printer(options("h", "-i", "0.2")), new Statuses("r").round("9f-1", 5, 3, "1ms"));
    assertThat(text.toString())
        .isEqualTo(
            "round 1: 3 of 5 replies from 192.0.2.1, min/avg/max = 1.000/1.000/1.000 ms, lost: 2 by"
                + " Timeout\n");
  }

  @Test
  void whatCannotBePingedEndsTheRunWithItsSentence() {
    assertThat(RunEnd.sentence(new Statuses("r").check)).isEmpty();
    assertThat(
            RunEnd.sentence(
                new Statuses("r")
                    .conditions("Accepted True Accepted", "Healthy False LossThresholdExceeded")
                    .check))
        .isEmpty();
    assertThat(RunEnd.sentence(new Statuses("r").conditions("Accepted False LimitExceeded").check))
        .contains("LimitExceeded: Message of Accepted.");
    assertThat(RunEnd.sentence(new Statuses("r").conditions("Healthy Unknown NoProbe").check))
        .contains("NoProbe: Message of Healthy.");
  }

  @Test
  void namesAreValidWhateverTheHostIs() {
    assertThat(OneOff.name("2001:db8::1", 0xaf01)).isEqualTo("run-2001-db8-1-00af01");
    assertThat(OneOff.name("--GW.Example.com", 1)).isEqualTo("run-gw-example-com-000001");
    assertThat(OneOff.name("x".repeat(253), 1)).hasSize(51);
  }

  @Test
  void onlyAnExpiredOneOffIsALeftOver() {
    ObjectMetaBuilder own = new ObjectMetaBuilder().addToLabels(OneOffMark.LABEL, "true");
    String past = Statuses.NOW.minusSeconds(1).toString();
    ObjectMeta expired = own.addToAnnotations(OneOffMark.EXPIRES, past).build();
    assertThat(OneOff.isExpired(expired, Statuses.NOW)).isTrue();
    assertThat(OneOff.isExpired(expired, Statuses.NOW.minusSeconds(2))).isFalse();
    ObjectMeta another = new ObjectMetaBuilder().addToAnnotations(OneOffMark.EXPIRES, past).build();
    assertThat(OneOff.isExpired(another, Statuses.NOW)).isFalse();
    ObjectMeta broken = own.addToAnnotations(OneOffMark.EXPIRES, "soon").build();
    assertThat(OneOff.isExpired(broken, Statuses.NOW)).isTrue();
  }

  @Test
  void valuesThatNoCheckHasGetASentence() {
    assertThat(options("h", "-c", "0").fault()).contains("-c must be at least 1, not 0");
    assertThat(options("h", "-i", "0.001").fault()).contains("-i must be at least 0.01 seconds");
  }
}
