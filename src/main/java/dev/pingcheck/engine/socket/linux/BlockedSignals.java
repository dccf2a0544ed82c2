package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * The signals SIGINT, SIGQUIT and SIGTERM in a process whose threads all have them blocked from its
 * start on: they are waited for instead (man 3 sigwait).
 */
public final class BlockedSignals {
  public static final int INT = 2;
  public static final int QUIT = 3;
  public static final int TERM = 15;

  private static final int[] WANTED = {INT, QUIT, TERM};

  /** sigset_t of the C library. */
  private static final int SET_SIZE = 128;

  private static final MethodHandle SIGADDSET =
      Downcalls.plain("sigaddset", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SIGWAIT =
      Downcalls.plain("sigwait", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));

  private BlockedSignals() {}

  /** Whether all three were blocked when the process started. */
  public static boolean areAllBlocked() {
    try {
      return areAllIn(Files.readString(Path.of("/proc/self/status")));
    } catch (IOException e) {
      return false;
    }
  }

  /** Waits for the next of the three, and takes it away. */
  public static int await() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(SET_SIZE, Long.BYTES);
      MemorySegment number = arena.allocate(JAVA_INT);
      for (int signal : WANTED) {
        int done = (int) SIGADDSET.invokeExact(set, signal);
        assert done == 0;
      }
      int errno = (int) SIGWAIT.invokeExact(set, number);
      assert errno == 0;
      return number.get(JAVA_INT, 0);
    } catch (Throwable e) {
      throw new IllegalStateException("sigwait cannot be called", e);
    }
  }

  /** Reads the mask of blocked signals, of which the lowest bit is signal 1 (man 5 proc). */
  static boolean areAllIn(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("SigBlk:"))
        .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigBlk:".length()).strip(), 16))
        .anyMatch(mask -> IntStream.of(WANTED).allMatch(s -> (mask >> (s - 1) & 1) == 1));
  }
}
