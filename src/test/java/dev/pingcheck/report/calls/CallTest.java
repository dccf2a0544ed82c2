package dev.pingcheck.report.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /apis/pingcheck.dev/v1alpha1/pingchecks?resourceVersion=0, list, pingchecks",
    "GET, /apis/pingcheck.dev/v1alpha1/pingchecks?watch=true, watch, pingchecks",
    "PATCH, /apis/pingcheck.dev/v1alpha1/namespaces/a/pingchecks/gw/status?force=true, patch,"
        + " pingchecks/status",
    "POST, /apis/events.k8s.io/v1/namespaces/a/events, create, events",
    "GET, /api/v1/namespaces/a, get, namespaces",
    "GET, /api/v1/namespaces, list, namespaces",
    "GET, /api/v1/namespaces/a/pods, list, pods",
    "PUT, /apis/coordination.k8s.io/v1/namespaces/a/leases/x, update, leases",
    "GET, /version, get, other",
  })
  void aCallIsKnownByVerbAndResourceAndNeverByAName(
      String method, String uri, String verb, String resource) {
    assertThat(Call.of(method, URI.create("https://127.0.0.1:6443" + uri)))
        .isEqualTo(new Call(verb, resource));
  }
}
