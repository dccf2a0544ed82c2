package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.browser.Browser;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/**
 * The page in a real browser, with checks that stand as the test says: ten thousand of them too.
 */
class PageScaleIT {

  /** So many rows fit into the window, and some to spare. */
  private static final int MOST_ROWS = 60;

  private static final String COUNTS =
      "return document.querySelector('#counts').innerText.includes(arguments[0])";
  private static final String FIRST =
      "return document.querySelector('.row[aria-rowindex=\"2\"]')?.dataset.check === arguments[0]";
  private static final String CHOSEN =
      "return document.querySelector('.row[aria-selected=true]:not([hidden])')?.dataset.check === arguments[0]";
  private static final String PLACE = "return location.hash === arguments[0]";
  private static final String EVENTS =
      "return document.querySelector('#events')?.innerText.includes(arguments[0])";
  private static final String SIGN =
      "return getComputedStyle(document.querySelector('#events ' + arguments[0]), '::before').content";
  private static final String FOCUS = "return document.activeElement.id === arguments[0]";

  private static Browser browser;
  private final ManyChecks checks = new ManyChecks();
  private ServedPage page;

  @BeforeAll
  static void openBrowser() throws Exception {
    browser = Browser.open();
  }

  @AfterAll
  static void closeBrowser() throws Exception {
    browser.close();
  }

  @BeforeEach
  void serve() throws Exception {
    page = new ServedPage(checks);
  }

  @AfterEach
  void close() throws Exception {
    browser.go("about:blank");
    page.close();
  }

  private void open(int expected) {
    browser.go(page.url("/"));
    browser.await("they are shown", COUNTS, expected + " of " + expected);
  }

  @Test
  void ofTenThousandOnlyWhatIsInViewIsInThePageAndAllCanBeReached() {
    checks.add(10_000);
    open(10_000);
    assertThat(browser.count("#tall .row")).isLessThan(MOST_ROWS);
    assertThat(browser.run("return document.querySelector('#grid').ariaRowCount"))
        .isEqualTo("10001");
    browser.press(Keys.END);
    browser.await("the last one", CHOSEN, "team-9/check-09999");
    assertThat(browser.count("#tall .row")).isLessThan(MOST_ROWS);

    checks.put("team-7", "check-00007", 100);
    browser.await("the failing one is counted", COUNTS, "1 failing");
    browser.press(Keys.HOME);
    browser.await("worst first", FIRST, "team-7/check-00007");
    assertThat(browser.text(".row[aria-rowindex='2'] .state")).isEqualTo("Failing");
    checks.remove("team-0", "check-00000");
    browser.await("the deleted one is gone", COUNTS, "9999 of 9999");
    assertThat(browser.complaints(page.url("/"))).isEmpty();
  }

  @Test
  void keysAloneFindOpenAndLeaveACheck() {
    checks.add(300);
    open(300);
    browser.press("/");
    browser.await("the search has the focus", FOCUS, "search");
    browser.press("check-0012 team");
    browser.await("ten are left", COUNTS, "10 of 300");
    browser.press(Keys.ENTER, Keys.DOWN, Keys.DOWN, Keys.UP);
    browser.await("the second one is chosen", CHOSEN, "team-1/check-00121");
    assertThat(
            browser.run(
                "return document.querySelector('#grid').getAttribute('aria-activedescendant')"))
        .isEqualTo("row-uid-of-team-1-check-00121");
    browser.press(Keys.ENTER);
    browser.await("it is open", PLACE, "#/check/team-1/check-00121");
    browser.await("its title has the focus", FOCUS, "check-title");
    browser.await(
        "it is loaded", "return document.querySelector('#check-state')?.innerText === 'Healthy'");
    browser.press(Keys.ESCAPE);
    browser.await("the list is back", FOCUS, "grid");
    browser.await("the search still holds", COUNTS, "10 of 300");
    browser.press(Keys.ESCAPE);
    browser.await("all are shown again", COUNTS, "300 of 300");
    assertThat(browser.run("return getComputedStyle(document.querySelector('#grid')).outlineStyle"))
        .isEqualTo("solid");
  }

  @Test
  void theListIsFilteredAndSortedAsTheReaderAsks() {
    checks.put("east", "alpha", 30);
    checks.put("east", "beta", 0);
    checks.put("west", "gamma", 60);
    checks.put("west", "delta", 5);
    open(4);
    browser.await("worst first", FIRST, "west/gamma");
    browser.click("[data-sort=name]");
    browser.await("by name", FIRST, "east/alpha");
    browser.click("[data-sort=loss]");
    browser.await("most lost first", FIRST, "west/gamma");
    browser.click("[data-sort=loss]");
    browser.await("least lost first", FIRST, "east/beta");
    browser.run(
        "const s = document.querySelector('#namespace'); s.value = 'west';"
            + " s.dispatchEvent(new Event('input', {bubbles: true})); return true");
    browser.await("one namespace", COUNTS, "2 of 4");
    browser.await("and the order holds", FIRST, "west/delta");
    assertThat(
            browser.run("return document.querySelector('[data-sort=loss]').parentElement.ariaSort"))
        .isEqualTo("ascending");
  }

  @Test
  void theMatrixShowsFromWhereWhatFails() {
    checks.put("net", "of-no-node", 0);
    checks.putFrom("net", "fine", Map.of("node-a", 0, "node-b", 0));
    checks.putFrom("net", "split", Map.of("node-a", 0, "node-b", 100));
    open(3);
    browser.click("#to-matrix");
    browser.await(
        "it is drawn", "return document.querySelectorAll('#matrix tbody tr').length === 2");
    assertThat(browser.text("#matrix tbody tr:first-child")).contains("net/split", "0 %", "100 %");
    assertThat(browser.text("#matrix th:nth-child(2)")).isEqualTo("node-b");
    assertThat(browser.text("#matrix td:nth-child(2) .failing")).isEqualTo("100 %");
    browser.run("document.querySelector('#matrix td a').focus(); return true");
    browser.press(Keys.RIGHT, Keys.ENTER);
    browser.await("the check is open", PLACE, "#/check/net/split");
    browser.await(
        "it tells its nodes",
        "return document.querySelector('#check').innerText.includes('node-b')");
  }

  @Test
  void theMatrixStaysWhereTheReaderHasScrolledItWhileItChanges() {
    Map<String, Integer> losses = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      losses.put("node-%02d".formatted(i), 0);
    }
    checks.putFrom("net", "wide", losses);
    checks.check("net", "wide").orElseThrow().getStatus().setSourceCount(100);
    open(1);
    browser.click("#to-matrix");
    browser.await("it is drawn", "return document.querySelectorAll('#matrix td').length === 60");
    assertThat(browser.text("#matrix tbody th")).contains("and 40 more nodes, none worse");
    String scrolled = "return document.querySelector('#matrix .scroll').scrollLeft === 700";
    browser.run("document.querySelector('#matrix .scroll').scrollLeft = 700; return true");
    browser.await("it is scrolled", scrolled);
    losses.replaceAll((node, loss) -> 5);
    checks.putFrom("net", "wide", losses);
    browser.await(
        "it has changed", "return document.querySelector('#matrix td').innerText.includes('5 %')");
    assertThat(browser.run(scrolled)).isEqualTo(true);
  }

  @Test
  void daysOfPrometheusAreDrawnWhenTheReaderAsksForThem() throws Exception {
    checks.put("net", "one", 0);
    page.close();
    try (AnsweringPrometheus prometheus = new AnsweringPrometheus()) {
      long now = System.currentTimeMillis() / 1000;
      prometheus.answerTwoPoints(now - 50_000, now - 40_000);
      page =
          new ServedPage(
              checks, ServedPage.settings("", Set.of(), 8, 64).withPrometheus(prometheus.url()));
      browser.go(page.url("/#/check/net/one"));
      browser.await("days are offered", "return document.querySelector('#span') !== null");
      browser.run(
          "const s = document.querySelector('#span'); s.value = '1';"
              + " s.dispatchEvent(new Event('change')); return true");
      browser.await(
          "they are drawn",
          "return document.querySelector('#smoke-words').innerText.startsWith('Within 1 d 0 h: 50 of 80 ')");
      assertThat(browser.count("#smoke .median.some")).isEqualTo(1);
      prometheus.status = 500;
      browser.run(
          "const s = document.querySelector('#span'); s.value = '7';"
              + " s.dispatchEvent(new Event('change')); return true");
      browser.await(
          "it is said",
          "return document.querySelector('#check').innerText.includes('Prometheus does not answer')");
      assertThat(browser.text("#check-state")).isEqualTo("Healthy");
    }
  }

  @Test
  void aStandbySaysSoAndALostOperatorToo() throws Exception {
    checks.put("net", "one", 0);
    checks.role = PageSource.Role.STANDBY;
    open(1);
    browser.await(
        "it says so",
        "return document.querySelector('#role').innerText.startsWith('This operator stands by')");
    checks.role = PageSource.Role.LEADER;
    browser.await("it leads", "return document.querySelector('#role').hidden");
    page.close();
    browser.await(
        "it is away",
        "return document.querySelector('#link').innerText.startsWith('Connection lost')");
    page = new ServedPage(checks);
  }

  @Test
  void eventsAreSignedByTheirTypeAndTheSectionSaysWhoRemembersThem() {
    checks.put("net", "one", 0);
    browser.go(page.url("/#/check/net/one"));
    browser.await("none was said", EVENTS, "; of this one there was none.");
    page.say("net", "one", "LossThresholdExceeded", "30 % were lost.");
    page.say("net", "one", "LossRecovered", "All is well.");
    checks.put("net", "one", 0);
    browser.await("they are shown", EVENTS, "30 % were lost.");
    assertThat(browser.text("#events tbody")).matches("(?s).*All is well.*30 % were lost.*");
    assertThat(browser.run(SIGN, ".warning")).isEqualTo("\"▲\"");
    assertThat(browser.run(SIGN, ".normal")).isEqualTo("\"●\"");
    assertThat(browser.text("#events"))
        .startsWith("This operator has led since ")
        .contains(
            "and remembers the last 10 events of a check since then.",
            "kubectl -n net get events.events.k8s.io --field-selector regarding.name=one");
    checks.role = PageSource.Role.STANDBY;
    browser.await("it leads no more", EVENTS, "and this one does not lead. The API server has");
    assertThat(browser.count("#events table")).isZero();
  }

  @Test
  void textOfTheClusterIsNeverMarkup() {
    checks.put("net", "one", "<img src=x onerror=\"window.hit=1\">.例え", 0);
    page.say("net", "one", "LossThresholdExceeded", "<b>30 %</b> lost");
    open(1);
    browser.await(
        "as text",
        "return document.querySelector('#tall').innerText.includes('<img src=x') && document.querySelector('#tall').innerText.includes('例え')");
    browser.go(page.url("/#/check/net/one"));
    browser.await(
        "as text", "return document.querySelector('#check').innerText.includes('<img src=x')");
    assertThat(browser.text("#events")).contains("<b>30 %</b> lost");
    assertThat(browser.count("main img, main b")).isZero();
    assertThat(browser.run("return window.hit === undefined")).isEqualTo(true);
    assertThat(browser.complaints(page.url("/"))).isEmpty();
  }

  @Test
  void coloursFollowTheSystemUnlessTheReaderChooses() {
    open(0);
    String ground = "return getComputedStyle(document.body).backgroundColor";
    browser.prefer("light");
    assertThat(browser.run(ground)).isEqualTo("rgb(255, 255, 255)");
    browser.prefer("dark");
    assertThat(browser.run(ground)).isEqualTo("rgb(20, 24, 29)");
    browser.click("#theme");
    assertThat(browser.text("#theme")).isEqualTo("Colours: light");
    assertThat(browser.run(ground)).isEqualTo("rgb(255, 255, 255)");
    browser.go("about:blank");
    open(0);
    assertThat(browser.run(ground)).isEqualTo("rgb(255, 255, 255)");
  }
}
