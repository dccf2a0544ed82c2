package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusPastTest {
  private final ManyChecks checks = new ManyChecks();
  private AnsweringPrometheus prometheus;

  @BeforeEach
  void start() throws Exception {
    checks.put("net", "gw", 0);
    prometheus = new AnsweringPrometheus();
  }

  @AfterEach
  void stop() {
    prometheus.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    PageSettings settings =
        ServedPage.settings("", Set.of(), 8, 64).withPrometheus(prometheus.url() + "/");
    try (ServedPage page = new ServedPage(checks, settings)) {
      return page.get(path);
    }
  }

  @Test
  void daysComeInTheFormOfHours() throws Exception {
    prometheus.answerTwoPoints(10_000, 10_240);
    assertThat(get("/api/days/1/net/gw").body())
        .isEqualTo(
            "{\"width\":240,\"length\":86400,\"slots\":["
                + "[9760,40,10,1000000,2000000,3000000,4000000,5000000],[10000,40,40]]}");
    assertThat(prometheus.asked)
        .startsWith(
            "query=label_replace(sum(increase(pingcheck_echo_requests_total{namespace=\"net\",name=\"gw\"}[240s])")
        .endsWith("&step=240&timeout=10000ms");
  }

  @Test
  void aPrometheusThatRefusesIsSaidInASentence() throws Exception {
    prometheus.status = 503;
    HttpResponse<String> refusal = get("/api/days/7/net/gw");
    assertThat(refusal.statusCode()).isEqualTo(502);
    assertThat(refusal.body()).isEqualTo("Prometheus does not answer the question: it says 503.\n");
  }

  @Test
  void anAnswerWithoutEndOrSenseIsNoFaultOfThePage() throws Exception {
    prometheus.answer = "x".repeat(2 * 1024 * 1024);
    assertThat(get("/api/days/1/net/gw").statusCode()).isEqualTo(502);
    prometheus.answer = "<html>";
    assertThat(get("/api/days/1/net/gw").statusCode()).isEqualTo(502);
    prometheus.answer =
        "{\"data\":{\"result\":[{\"metric\":{\"figure\":\"other\"},\"values\":[[1,\"1\"]]}]}}";
    assertThat(get("/api/days/1/net/gw").body()).endsWith("\"slots\":[]}");
  }

  @Test
  void nobodyIsAskedAboutACheckThatDoesNotExistOrForOtherTimes() throws Exception {
    assertThat(get("/api/days/1/net/no").statusCode()).isEqualTo(404);
    assertThat(get("/api/days/365/net/gw").statusCode()).isEqualTo(404);
    assertThat(prometheus.asked).isEmpty();
  }

  @Test
  void thePageKnowsWhetherThereAreDays() throws Exception {
    assertThat(get("/api/checks/net/gw").body()).contains("\"days\":[1,7,30]");
    try (ServedPage page = new ServedPage(checks)) {
      assertThat(page.get("/api/checks/net/gw").body()).contains("\"days\":[]");
      assertThat(page.get("/api/days/1/net/gw").statusCode()).isEqualTo(404);
    }
  }
}
