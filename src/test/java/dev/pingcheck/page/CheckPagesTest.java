package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CheckPagesTest {
  private final ManyChecks checks = new ManyChecks();

  private static JsonNode events(ServedPage page) throws Exception {
    return new ObjectMapper().readTree(page.get("/api/checks/net/one").body()).path("events");
  }

  @Test
  void aCheckTellsItsOwnEventsTheNewestFirst() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      checks.put("net", "one", 0);
      page.say("net", "one", "LossThresholdExceeded", "30 % were \"lost\".");
      page.say("net", "other", "ProbeSilent", "It is another's.");
      page.say("net", "one", "LossRecovered", "All is well.");
      assertThat(events(page))
          .hasToString(
              """
              {"leads":"2026-01-01T12:00:00Z","since":"2026-01-01T12:00:00Z","most":10,"last":[\
              {"time":"2026-01-01T12:00:03Z","type":"Normal","reason":"LossRecovered",\
              "note":"All is well."},\
              {"time":"2026-01-01T12:00:01Z","type":"Warning","reason":"LossThresholdExceeded",\
              "note":"30 % were \\"lost\\"."}]}\
              """);
    }
  }

  @Test
  void whatIsRememberedBeganWithTheLeadIfThatIsLater() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      checks.put("net", "one", 0);
      checks.leads = ManyChecks.NOON.plusSeconds(60);
      assertThat(events(page).path("since").asText()).isEqualTo("2026-01-01T12:01:00Z");
      checks.leads = ManyChecks.NOON.minusSeconds(60);
      assertThat(events(page).path("since").asText()).isEqualTo("2026-01-01T12:00:00Z");
    }
  }

  @Test
  void whoDoesNotLeadTellsNoEventsOfAnEarlierLead() throws Exception {
    try (ServedPage page = new ServedPage(checks)) {
      checks.put("net", "one", 0);
      page.say("net", "one", "LossThresholdExceeded", "Of old.");
      checks.role = PageSource.Role.STANDBY;
      assertThat(events(page).path("leads").isNull()).isTrue();
      assertThat(events(page).path("last")).isEmpty();
    }
  }
}
