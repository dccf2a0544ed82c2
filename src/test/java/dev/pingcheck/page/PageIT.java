package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.browser.Browser;
import dev.pingcheck.kube.ApiServer;
import dev.pingcheck.lab.Lab;
import dev.pingcheck.pipeline.Pipeline;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a reader sees in a real browser while a real network loses packets. */
class PageIT {
  @RegisterExtension static final ApiServer api = new ApiServer();

  /** How a check's row reads. */
  private static final String STATE =
      "return [...document.querySelectorAll('#tall .row:not([hidden])')]"
          + ".find(row => row.dataset.check === arguments[0])?.querySelector('.state').innerText === arguments[1]";

  /** What the newest event of the open check says. */
  private static final String EVENT =
      "const cells = document.querySelectorAll('#events tbody tr:first-child td');"
          + " return cells[1]?.innerText === arguments[0] && cells[2]?.innerText === arguments[1]";

  private static Lab lab;
  private static Pipeline pipeline;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    lab = Lab.builder().hosts("steady", "shaky").open();
    pipeline = new Pipeline(api, lab).start();
    browser = Browser.open();
  }

  @AfterAll
  static void stop() throws IOException {
    try (Lab lab = PageIT.lab;
        Pipeline pipeline = PageIT.pipeline) {
      browser.close();
    }
  }

  private static String check(String name) {
    return pipeline.namespace() + "/" + name;
  }

  @Test
  void aRowGoesRedAndGreenAgainWithoutAReloadAndItsPastIsInTheGraph() {
    browser.go(pipeline.page());
    browser.run("window.isTheSamePage = true; return true");
    pipeline.apply("steady", lab.host("steady").address4());
    pipeline.apply("shaky", lab.host("shaky").address4());
    browser.await("steady is healthy", STATE, check("steady"), "Healthy");
    browser.await("shaky is healthy", STATE, check("shaky"), "Healthy");

    lab.host("shaky").dropAll();
    browser.await("shaky fails", STATE, check("shaky"), "Failing");
    browser.await(
        "worst first",
        "return document.querySelector('.row[aria-rowindex=\"2\"]').dataset.check === arguments[0]",
        check("shaky"));
    browser.await("steady is healthy still", STATE, check("steady"), "Healthy");

    browser.run("location.hash = '#/check/' + arguments[0]; return true", check("shaky"));
    browser.await("its loss is an event", EVENT, "Warning", "LossThresholdExceeded");
    browser.await("all is lost", "return document.querySelector('#smoke .lost') !== null");
    browser.await(
        "the outage lasts",
        "return document.querySelector('#check').innerText.includes('it lasts')");

    lab.host("shaky").heal();
    browser.await(
        "the outage is over",
        "return document.querySelector('#check-state')?.innerText === 'Healthy'"
            + " && !document.querySelector('#check').innerText.includes('it lasts')");
    browser.await("its recovery is one too", EVENT, "Normal", "LossRecovered");
    browser.await(
        "the median is drawn", "return document.querySelector('#smoke .median.none') !== null");
    assertThat(browser.text("#smoke-words"))
        .matches("Within .*: [0-9]+ of [0-9]+ echo .*median .*");
    assertThat(browser.text("#check"))
        .contains("kubectl -n " + pipeline.namespace() + " describe pingcheck shaky")
        .contains("LossThresholdExceeded");

    browser.run("location.hash = '#/'; return true");
    browser.await("shaky is healthy again", STATE, check("shaky"), "Healthy");
    assertThat(browser.run("return window.isTheSamePage")).isEqualTo(true);
    assertThat(browser.text("#link")).isEqualTo("Live");
    assertThat(browser.complaints(pipeline.page())).isEmpty();
  }
}
