package dev.pingcheck.engine.socket.linux;

import static dev.pingcheck.engine.socket.linux.Structs.offset;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Peer;
import java.lang.foreign.MemorySegment;

/** Addresses as the kernel has them: struct sockaddr_in and sockaddr_in6. */
final class SocketName {
  private static final long PORT = offset(Structs.SOCKADDR_IN, "port");
  private static final long IPV4_ADDRESS = offset(Structs.SOCKADDR_IN, "address");
  private static final long IPV6_ADDRESS = offset(Structs.SOCKADDR_IN6, "address");
  private static final long IPV6_SCOPE = offset(Structs.SOCKADDR_IN6, "scope");

  private SocketName() {}

  static int size(IpFamily family) {
    return (int) (family == IpFamily.IPV4 ? Structs.SOCKADDR_IN : Structs.SOCKADDR_IN6).byteSize();
  }

  /** Writes what never changes of a family's names. */
  static void head(IpFamily family, MemorySegment names, long at) {
    boolean ipv4 = family == IpFamily.IPV4;
    int number = ipv4 ? SocketOptions.AF_INET : SocketOptions.AF_INET6;
    names.set(JAVA_SHORT, at, (short) number);
  }

  static void address(IpFamily family, MemorySegment names, long at, Peer peer) {
    if (family == IpFamily.IPV4) {
      names.set(Structs.NET_INT, at + IPV4_ADDRESS, (int) peer.low());
      return;
    }
    names.set(Structs.NET_LONG, at + IPV6_ADDRESS, peer.high());
    names.set(Structs.NET_LONG, at + IPV6_ADDRESS + Long.BYTES, peer.low());
    names.set(JAVA_INT, at + IPV6_SCOPE, peer.scope());
  }

  static void port(MemorySegment names, long at, int port) {
    names.set(Structs.NET_SHORT, at + PORT, (short) port);
  }

  static int port(MemorySegment names, long at) {
    return Short.toUnsignedInt(names.get(Structs.NET_SHORT, at + PORT));
  }

  static long high(IpFamily family, MemorySegment names, long at) {
    return family == IpFamily.IPV4 ? 0 : names.get(Structs.NET_LONG, at + IPV6_ADDRESS);
  }

  static long low(IpFamily family, MemorySegment names, long at) {
    return family == IpFamily.IPV4
        ? Integer.toUnsignedLong(names.get(Structs.NET_INT, at + IPV4_ADDRESS))
        : names.get(Structs.NET_LONG, at + IPV6_ADDRESS + Long.BYTES);
  }

  static int scope(IpFamily family, MemorySegment names, long at) {
    return family == IpFamily.IPV4 ? 0 : names.get(JAVA_INT, at + IPV6_SCOPE);
  }
}
