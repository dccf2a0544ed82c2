package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.browser.Browser;
import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.RoundStatus;
import dev.pingcheck.page.history.PastEvent;
import dev.pingcheck.stats.AddressRound;
import dev.pingcheck.stats.LossReason;
import dev.pingcheck.stats.Pacing;
import dev.pingcheck.stats.Replies;
import dev.pingcheck.stats.Resolution;
import dev.pingcheck.stats.RoundId;
import dev.pingcheck.stats.RoundReport;
import dev.pingcheck.stats.Strays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The page as docs/page.md shows it, of checks and rounds that are made here. {@code
 * -Dpingcheck.screenshots=true} writes the pictures anew.
 */
class PagePicturesIT {
  private static final Path FOLDER = Path.of("docs/images");
  private static final List<String> SITES =
      List.of("frankfurt", "lisbon", "oslo", "osaka", "denver", "nairobi");
  private static final List<String> DEVICES = List.of("gateway", "core-switch", "dns", "vpn");
  private static final Duration LAST_TURN = Duration.ofMinutes(29);
  private static final int ROUNDS = 360;
  private static final int SENT = 10;

  private final Random random = new Random(1);
  private final Instant now = Instant.now();
  private final ManyChecks checks = new ManyChecks();

  @Test
  void eachViewIsDrawn() throws Exception {
    putChecks();
    try (ServedPage page = new ServedPage(checks);
        Browser browser = Browser.open()) {
      PingCheck oslo = checks.check("edge", "gateway-oslo").orElseThrow();
      putRounds(page, oslo);
      putEvents(page, oslo);
      browser.prefer("light");
      browser.size(1100, 560);
      browser.go(page.url("/"));
      browser.await(
          "the list", "return document.querySelector('#counts').innerText.includes('27 of 27')");
      assertThat(browser.text(".row[aria-rowindex='2'] .state")).isEqualTo("Failing");
      picture(browser, "page-light");
      browser.prefer("dark");
      picture(browser, "page-dark");
      browser.prefer("light");
      browser.size(1100, 1470);
      browser.go(page.url("/#/check/edge/gateway-oslo"));
      browser.await("the graph", "return document.querySelector('#smoke .median.some') !== null");
      assertThat(browser.count("#smoke .median")).isGreaterThan(2);
      assertThat(browser.count("#smoke .smoke")).isEqualTo(1);
      assertThat(browser.text("#smoke-words")).startsWith("Within 3 h 0 min: ");
      picture(browser, "page-check");
      browser.size(1100, 440);
      browser.go(page.url("/#/matrix"));
      browser.await(
          "the matrix", "return document.querySelectorAll('#matrix tbody tr').length === 3");
      picture(browser, "page-matrix");
    }
  }

  private static void picture(Browser browser, String name) throws IOException {
    byte[] png = browser.picture();
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    if (Boolean.getBoolean("pingcheck.screenshots")) {
      Files.createDirectories(FOLDER);
      Files.write(FOLDER.resolve(name + ".png"), png);
    }
  }

  private void putChecks() {
    int number = 10;
    for (String site : SITES) {
      for (String device : DEVICES) {
        String name = device + "-" + site;
        int loss = name.equals("gateway-oslo") ? 30 : name.equals("vpn-osaka") ? 100 : 0;
        String namespace =
            device.equals("dns") ? "platform" : device.equals("vpn") ? "wan" : "edge";
        PingCheck check = checks.put(namespace, name, device + "." + site + ".example.net", loss);
        dress(check, "198.51.100." + number++);
      }
    }
    for (String target : List.of("registry", "storage", "ledger")) {
      Map<String, Integer> byNode = new TreeMap<>();
      for (int node = 1; node <= 8; node++) {
        byNode.put("node-" + node, target.equals("storage") && node % 4 == 2 ? 40 + 10 * node : 0);
      }
      checks.putFrom("platform", target, byNode);
      dress(checks.check("platform", target).orElseThrow(), "203.0.113." + number++);
    }
  }

  private void dress(PingCheck check, String address) {
    check.getStatus().setAddress(address);
    Instant turn = now.minus(LAST_TURN);
    check.getStatus().getConditions().getFirst().setLastTransitionTime(turn.toString());
    check.getStatus().getOutages().forEach(outage -> outage.setStart(turn));
    RoundStatus round = check.getStatus().getLastRound();
    check.getSpec().setCount(SENT);
    round.setSent(SENT);
    round.setReceived(SENT - SENT * round.getLossPercent() / 100);
    round.setStartTime(now.minusSeconds(random.nextInt(30)));
    if (round.getRtt() != null) {
      int tenths = 20 + random.nextInt(400);
      round.getRtt().setMin((tenths - 8) / 10.0 + "ms");
      round.getRtt().setAvg(tenths / 10.0 + "ms");
      round.getRtt().setMax((tenths + 21) / 10.0 + "ms");
    }
  }

  /** Three hours: quiet, a time of queues, a time of loss. */
  private void putRounds(ServedPage page, PingCheck check) {
    for (int i = 0; i < ROUNDS; i++) {
      Instant at = now.minus(Duration.ofSeconds(30L * (ROUNDS - i)));
      double queue = i > 120 && i < 200 ? 1.5 : 0.15;
      int lost = i > 300 ? random.nextInt(6) : i > 240 && random.nextInt(4) == 0 ? 1 : 0;
      List<Long> rtts =
          LongStream.range(0, SENT - lost)
              .map(n -> (long) (1e6 * (18 + 6 * queue * Math.abs(random.nextGaussian()))))
              .boxed()
              .toList();
      page.past.rounds().add(round(check, i + 1, at, rtts, lost));
    }
  }

  private void putEvents(ServedPage page, PingCheck check) {
    checks.leads = now.minus(Duration.ofHours(3));
    String uid = check.getMetadata().getUid();
    String bad = "4 of 10 echo requests to 198.51.100.18 were lost (40 %); the threshold is 20 %.";
    put(page, uid, Duration.ofMinutes(58), "Warning", "LossThresholdExceeded", bad);
    String good = "10 of 10 echo requests to 198.51.100.18 were answered.";
    put(page, uid, Duration.ofMinutes(41), "Normal", "LossRecovered", good);
    put(page, uid, LAST_TURN, "Warning", "LossThresholdExceeded", bad);
  }

  private void put(
      ServedPage page, String uid, Duration ago, String type, String reason, String note) {
    page.past.events().add(uid, new PastEvent(now.minus(ago), type, reason, note));
  }

  private static RoundReport round(
      PingCheck check, int number, Instant at, List<Long> rtts, int lost) {
    AddressRound round =
        new AddressRound(
            "198.51.100.10",
            rtts.size() + lost,
            new Replies(rtts.size(), rtts, 0, OptionalInt.empty(), Optional.empty()),
            lost == 0 ? Map.of() : Map.of(LossReason.TIMEOUT, lost),
            Strays.NONE,
            Optional.empty());
    return new RoundReport(
        check.getMetadata().getUid(),
        1,
        new RoundId("picture", number),
        at,
        at,
        Resolution.literal(),
        List.of(round),
        Pacing.ON_TIME);
  }
}
