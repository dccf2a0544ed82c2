package dev.pingcheck.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes each entry at once and whole, so that the lines of several threads do not mix. */
public final class LogOutput extends Handler {
  private final OutputStream out;

  /**
   * @param out such as {@code new FileOutputStream(FileDescriptor.err)}, unbuffered
   */
  public LogOutput(OutputStream out, Formatter formatter) {
    this.out = out;
    setFormatter(formatter);
  }

  @Override
  public void publish(LogRecord entry) {
    if (!isLoggable(entry)) {
      return;
    }
    try {
      byte[] line = getFormatter().format(entry).getBytes(StandardCharsets.UTF_8);
      synchronized (out) {
        out.write(line);
      }
    } catch (IOException | RuntimeException e) {
      reportError(null, e instanceof Exception x ? x : null, ErrorManager.WRITE_FAILURE);
    }
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public void close() {
    // The stream is the process's.
  }
}
