package dev.pingcheck.page;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.page.history.Past;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.Stream;

/** Puts the page together. */
public final class Page {
  private Page() {}

  /**
   * The page, not served yet.
   *
   * @param past what is remembered, as it goes on
   * @param others what else its server answers
   */
  public static PageServer of(
      Vertx vertx,
      PageSettings settings,
      PageSource source,
      Past past,
      Clock clock,
      Stream<PageRoutes> others) {
    List<PageRoutes> ours =
        List.of(
            new Following(vertx, source, clock, settings.streams()),
            new CheckPages(source, past, settings.prometheus().isPresent()),
            new MatrixPage(source));
    Stream<PageRoutes> days =
        settings.prometheus().stream().map(url -> new PrometheusPast(vertx, source, clock, url));
    return new PageServer(
        vertx, settings, Stream.of(ours.stream(), days, others).flatMap(each -> each).toList());
  }
}
