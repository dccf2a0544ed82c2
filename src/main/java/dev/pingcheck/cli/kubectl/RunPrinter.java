package dev.pingcheck.cli.kubectl;

import dev.pingcheck.log.SafeText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Collectors;

/** The lines of a run: much as ping's, and no more exact than what was told. */
final class RunPrinter {
  /** Octets of an ICMP echo message before its payload (RFC 792 p. 14). */
  private static final int HEADER = 8;

  private final PrintWriter out;
  private final TargetOptions options;
  private final OutputForm form;

  RunPrinter(PrintWriter out, TargetOptions options, OutputForm form) {
    this.out = out;
    this.options = options;
    this.form = form;
  }

  void started(String namespace, String name) {
    if (form == OutputForm.JSON) {
      return;
    }
    int each = options.perRound();
    println(
        "PING %s from the cluster, %d bytes of payload%s, as PingCheck %s/%s"
            .formatted(
                options.host,
                options.size,
                each == 1 ? "" : ", " + each + " a round",
                namespace,
                name));
    long asked = options.count.orElse(0);
    long sent = options.rounds().orElse(0L) * each;
    if (sent > asked) {
      println("Rounds are whole: %d echo requests are sent, not %d.".formatted(sent, asked));
    }
  }

  /**
   * Prints a round.
   *
   * @param sequence its number, from 1 for the first that was told
   */
  void round(ToldRound round, long sequence) {
    println(form == OutputForm.JSON ? json(round, sequence) : line(round, sequence));
  }

  private String line(ToldRound round, long sequence) {
    String from = round.node().isEmpty() ? "" : round.node() + ": ";
    if (round.sent() == 0) {
      return "%sround %d: nothing was sent".formatted(from, sequence);
    }
    return from + (round.sent() == 1 ? single(round, sequence) : several(round, sequence));
  }

  private String single(ToldRound round, long number) {
    if (round.received() == 0) {
      return "no reply from %s: seq=%d %s".formatted(round.address(), number, lost(round));
    }
    return "%d bytes from %s: seq=%d%s time=%s ms"
        .formatted(
            options.size + HEADER,
            round.address(),
            number,
            round.ttl().map(ttl -> " ttl=" + ttl).orElse(""),
            round.times().map(times -> RunStatistics.milliseconds(times.avg())).orElse("unknown"));
  }

  private static String several(ToldRound round, long sequence) {
    String times =
        round
            .times()
            .map(t ->
                ", min/avg/max = %s/%s/%s ms"
                    .formatted(
                        RunStatistics.milliseconds(t.min()),
                        RunStatistics.milliseconds(t.avg()),
                        RunStatistics.milliseconds(t.max())))
            .orElse("");
    return "round %d: %d of %d replies from %s%s%s"
        .formatted(
            sequence,
            round.received(),
            round.sent(),
            round.address(),
            times,
            round.lost().isEmpty() ? "" : ", lost: " + lost(round));
  }

  private static String lost(ToldRound round) {
    return round.lost().entrySet().stream()
        .map(each -> round.sent() == 1 ? each.getKey() : each.getValue() + " by " + each.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String json(ToldRound round, long sequence) {
    Json json =
        new Json()
            .put("event", "round")
            .put("node", round.node())
            .put("number", sequence)
            .put("address", round.address())
            .put("sent", round.sent())
            .put("received", round.received());
    round.times().ifPresent(t -> json.put("minNanos", t.min()).put("avgNanos", t.avg()));
    round.times().ifPresent(t -> json.put("maxNanos", t.max()));
    return Json.line(json.put("lost", round.lost()).fields());
  }

  void finished(RunStatistics told, Duration elapsed) {
    if (form == OutputForm.JSON) {
      println(
          Json.line(
              new Json()
                  .put("event", "summary")
                  .put("sent", told.sent())
                  .put("received", told.received())
                  .put("lossPercent", told.sent() == 0 ? null : told.lossPercent())
                  .put("roundsNotTold", told.untold())
                  .fields()));
      return;
    }
    println("");
    println("--- " + options.host + " ping statistics ---");
    println(
        "%d packets transmitted, %d received%s, time %dms"
            .formatted(
                told.sent(),
                told.received(),
                told.sent() == 0 ? "" : ", " + told.lossPercent() + "% packet loss",
                elapsed.toMillis()));
    if (told.hasTimes()) {
      println("rtt min/avg/max/mdev = " + told.times() + " ms");
    }
    if (told.untold() > 0) {
      println(
          "%d rounds more were sent; their figures are not in these, as the operator writes a status"
                  .formatted(told.untold())
              + " no faster than its budget allows.");
    }
  }

  void say(String sentence) {
    if (form == OutputForm.TEXT) {
      println(sentence);
    }
  }

  private void println(String line) {
    out.println(SafeText.of(line));
    out.flush();
  }
}
