package dev.pingcheck.operator;

import dev.pingcheck.link.LinkServer;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ends the operator while all its parts still stand: first no more reports, then no more turns. */
@Singleton
class OrderlyEnd {
  private final LinkServer link;
  private final Operator operator;

  OrderlyEnd(LinkServer link, Operator operator) {
    this.link = link;
    this.operator = operator;
  }

  void end(@Observes ShutdownEvent event) {
    link.close();
    operator.stop();
  }
}
