package dev.pingcheck.engine.socket.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one place where functions of the C library are linked. It remembers the kinds of calls, each
 * of which a native image must know beforehand, for the test that compares the two.
 */
final class Downcalls {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
  private static final Set<Kind> LINKED = ConcurrentHashMap.newKeySet();

  /**
   * What a native image has to know of a call.
   *
   * @param keepsErrno whether errno is left in a segment
   */
  record Kind(FunctionDescriptor descriptor, boolean keepsErrno) {}

  private Downcalls() {}

  /** Links a function; a call leaves errno in the segment that is its first argument. */
  static MethodHandle withErrno(String name, FunctionDescriptor descriptor) {
    LINKED.add(new Kind(descriptor, true));
    return LINKER.downcallHandle(function(name), descriptor, WITH_ERRNO);
  }

  /** Links a function whose errno is not asked for. */
  static MethodHandle plain(String name, FunctionDescriptor descriptor) {
    LINKED.add(new Kind(descriptor, false));
    return LINKER.downcallHandle(function(name), descriptor);
  }

  /** All kinds so far. */
  static Set<Kind> linked() {
    return Set.copyOf(LINKED);
  }

  private static MemorySegment function(String name) {
    return LINKER
        .defaultLookup()
        .find(name)
        .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
  }
}
