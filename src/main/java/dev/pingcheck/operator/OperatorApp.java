package dev.pingcheck.operator;

import dev.pingcheck.link.LinkServer;
import dev.pingcheck.link.PlanBook;
import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/**
 * Starts the operator in the one order that is safe: caches, then all plans, then the probe may
 * dial. A probe that dialled earlier would be told to stop everything.
 */
public class OperatorApp implements QuarkusApplication {
  @Inject Operator operator;
  @Inject PingCheckReconciler reconciler;
  @Inject CheckKeeper keeper;
  @Inject PlanBook plans;
  @Inject LinkServer link;

  @Override
  public int run(String... args) throws Exception {
    operator.start();
    reconciler.checks().forEach(keeper::admit);
    plans.complete();
    link.start();
    Quarkus.waitForExit();
    return 0;
  }
}
