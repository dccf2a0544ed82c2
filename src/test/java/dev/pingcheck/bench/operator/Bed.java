package dev.pingcheck.bench.operator;

import dev.pingcheck.bench.Figure;
import dev.pingcheck.bench.Figure.Operator;
import dev.pingcheck.kube.ApiServer;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What the parts of the benchmark work on.
 *
 * @param state the folder of the API server's files
 * @param socket the link's, short enough for one
 * @param log where the operator's words go
 * @param progress takes a line now and then
 */
record Bed(ApiServer api, Path state, Path socket, Path log, Consumer<String> progress) {

  OperatorProcess operator() {
    return new OperatorProcess(
            api.kubeconfig("pingcheck-system", "pingcheck-operator"), socket, log)
        .start();
  }

  ApiLoad load() throws InterruptedException {
    return ApiLoad.now(api.admin(), state);
  }

  void say(String line) {
    progress.accept(line);
  }

  static Figure atMost(String name, double value, String unit, double limit) {
    return new Figure("operator." + name, value, unit, Operator.AT_MOST, limit);
  }
}
