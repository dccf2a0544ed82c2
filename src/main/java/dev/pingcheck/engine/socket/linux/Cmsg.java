package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** Control messages (man 3 cmsg): a header of 16 octets, the data, padding to 8 octets. */
final class Cmsg {
  static final int HEADER = 16;

  private static final int LEVEL = 8;
  private static final int TYPE = 12;

  private Cmsg() {}

  /** The octets that a message with that much data takes. */
  static int space(int dataSize) {
    return HEADER + (dataSize + 7 & ~7);
  }

  /** Writes the header; the data belongs at {@code at + HEADER}. */
  static void head(MemorySegment controls, long at, int level, int type, int dataSize) {
    controls.set(JAVA_LONG, at, HEADER + dataSize);
    controls.set(JAVA_INT, at + LEVEL, level);
    controls.set(JAVA_INT, at + TYPE, type);
  }

  /**
   * The octets of the message at that place.
   *
   * @return 0 if there is none that is whole before {@code end}
   */
  static long length(MemorySegment controls, long at, long end) {
    if (end - at < HEADER) {
      return 0;
    }
    long length = controls.get(JAVA_LONG, at);
    return length < HEADER || length > end - at ? 0 : length;
  }

  static int level(MemorySegment controls, long at) {
    return controls.get(JAVA_INT, at + LEVEL);
  }

  static int type(MemorySegment controls, long at) {
    return controls.get(JAVA_INT, at + TYPE);
  }

  /** Where the message behind one of that length starts. */
  static long next(long at, long length) {
    return at + (length + 7 & ~7L);
  }
}
