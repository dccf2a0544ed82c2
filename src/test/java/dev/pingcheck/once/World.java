package dev.pingcheck.once;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How the hosts of numbered checks are, in a file that several processes see: a test changes it,
 * scripted probes tell of it.
 */
final class World {

  /** How a host is. */
  enum State {
    GOOD,
    /** Loses one echo request in four. */
    LOSSY,
    /** Does so, and answers after half a second. */
    LOSSY_AND_SLOW
  }

  /** Checks are named by their number. */
  private static final String PREFIX = "check-";

  private final MappedByteBuffer states;

  World(Path file, int checks) {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      states = channel.map(FileChannel.MapMode.READ_WRITE, 0, checks);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String check(int number) {
    return PREFIX + number;
  }

  static int number(String check) {
    return Integer.parseInt(check.substring(PREFIX.length()));
  }

  int checks() {
    return states.capacity();
  }

  void set(int check, State state) {
    states.put(check, (byte) state.ordinal());
  }

  State of(int check) {
    return State.values()[states.get(check)];
  }
}
