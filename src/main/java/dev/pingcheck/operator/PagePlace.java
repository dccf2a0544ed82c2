package dev.pingcheck.operator;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.crd.UnconfirmedEvent;
import dev.pingcheck.page.Page;
import dev.pingcheck.page.PageAddress;
import dev.pingcheck.page.PageRoutes;
import dev.pingcheck.page.PageServer;
import dev.pingcheck.page.PageSettings;
import dev.pingcheck.page.history.Past;
import dev.pingcheck.page.history.PastEvent;
import dev.pingcheck.report.CheckWatch;
import dev.pingcheck.report.Reporter;
import dev.pingcheck.stats.RoundReport;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Serves the page, if one is wanted, from what the other parts hold in memory. */
@Singleton
class PagePlace {
  private final Optional<PageSettings> settings;
  private final Vertx vertx;
  private final Instance<PageRoutes> others;
  private final Clock clock;
  private PageServer server;

  PagePlace(
      @ConfigProperty(name = "pingcheck.page.address") Optional<String> address,
      @ConfigProperty(name = "pingcheck.page.prefix") Optional<String> prefix,
      @ConfigProperty(name = "pingcheck.page.hosts") Optional<List<String>> hosts,
      @ConfigProperty(name = "pingcheck.page.prometheus") Optional<String> prometheus,
      Vertx vertx,
      @Any Instance<PageRoutes> others,
      Clock clock) {
    Set<String> names = Set.copyOf(hosts.orElse(List.of()));
    settings =
        PageAddress.read(address.orElse("none"))
            .map(at -> PageSettings.of(at, prefix.orElse(""), names))
            .map(given -> given.withPrometheus(prometheus.orElse("")));
    this.vertx = vertx;
    this.others = others;
    this.clock = clock;
  }

  /** Begins to listen, and to remember rounds and events; does not wait for either. */
  void start(CheckCache checks, Reporter reporter, Leadership leadership, KubernetesClient client) {
    settings.ifPresent(given -> {
      Past past = Past.beginning(clock.now());
      reporter.show(remembering(past));
      PageView view = new PageView(checks, reporter, leadership, client);
      server = Page.of(vertx, given, view, past, clock, others.stream());
      server.start();
    });
  }

  void close() {
    if (server != null) {
      server.close();
    }
  }

  private static CheckWatch remembering(Past past) {
    return new CheckWatch() {
      @Override
      public void round(RoundReport report) {
        past.rounds().add(report);
      }

      @Override
      public void event(String uid, UnconfirmedEvent said) {
        past.events()
            .add(
                uid,
                new PastEvent(said.getTime(), said.getType(), said.getReason(), said.getNote()));
      }

      @Override
      public void forget(String uid) {
        past.forget(uid);
      }
    };
  }
}
