package dev.pingcheck.report.calls;

import dev.pingcheck.report.status.Patience;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the calls of a Kubernetes client by verb, resource and code of the answer, and hears when
 * the API server asks for patience.
 */
public final class CallMeter implements Interceptor {
  private static final int TOO_MANY_REQUESTS = 429;

  private final MeterRegistry registry;
  private final Patience patience;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Counter throttled;

  public CallMeter(MeterRegistry registry, Patience patience) {
    this.registry = registry;
    this.patience = patience;
    this.throttled =
        Counter.builder("pingcheck.api.throttled")
            .description("Calls that the API server refused for now, with 429 Too Many Requests")
            .register(registry);
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    Call call = Call.of(request.method(), request.uri());
    count(call, Integer.toString(response.code()));
    if (response.code() == TOO_MANY_REQUESTS) {
      throttled.increment();
      patience.ask(response.header("Retry-After"));
    }
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    count(Call.of(request.method(), request.uri()), "none");
  }

  private void count(Call call, String code) {
    counters
        .computeIfAbsent(
            call.verb() + ' ' + call.resource() + ' ' + code,
            key ->
                Counter.builder("pingcheck.api.requests")
                    .description("Calls of the API server, by verb, resource and code")
                    .tag("verb", call.verb())
                    .tag("resource", call.resource())
                    .tag("code", code)
                    .register(registry))
        .increment();
  }
}
