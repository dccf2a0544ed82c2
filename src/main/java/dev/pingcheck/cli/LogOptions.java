package dev.pingcheck.cli;

import dev.pingcheck.log.LogFormat;
import picocli.CommandLine.Option;

/** How a process that runs for long writes its log. */
final class LogOptions {
  @Option(
      names = "--log-format",
      paramLabel = "text|json|auto",
      defaultValue = "${env:PINGCHECK_LOG_FORMAT:-auto}",
      description =
          "text: lines that people read; json: an object a line; auto: json in a pod, text on a"
              + " terminal and elsewhere. Default: the environment variable PINGCHECK_LOG_FORMAT,"
              + " else auto.")
  private LogFormat format;

  LogFormat format() {
    return format;
  }
}
