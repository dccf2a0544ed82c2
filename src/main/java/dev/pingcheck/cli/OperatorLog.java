package dev.pingcheck.cli;

import dev.pingcheck.log.EntryText;
import dev.pingcheck.log.LogFormat;
import dev.pingcheck.log.LogOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** The operator's log, on stdout: ours from the first line on, in place of Quarkus' own. */
final class OperatorLog {
  private OperatorLog() {}

  /** Before Quarkus starts, which leaves handlers of the root alone. */
  static void configure(LogFormat format) {
    System.setProperty("quarkus.log.console.enabled", "false");
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO); // until Quarkus sets what its configuration says
    root.addHandler(
        new LogOutput(new FileOutputStream(FileDescriptor.out), format.formatter(new JBossText())));
  }

  /** Records of JBoss know how their parameters are meant, and what a thread works on. */
  private static final class JBossText implements EntryText {
    @Override
    public String message(LogRecord entry) {
      return entry instanceof ExtLogRecord ours
          ? ours.getFormattedMessage()
          : EntryText.PLAIN.message(entry);
    }

    @Override
    public Map<String, String> context(LogRecord entry) {
      return entry instanceof ExtLogRecord ours ? ours.getMdcCopy() : Map.of();
    }
  }
}
