package dev.pingcheck.engine.socket.linux;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The C structures of the system calls, as 64-bit Linux has them, and the offsets in them. */
final class Structs {
  static final ValueLayout.OfShort NET_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfInt NET_INT = JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
  static final ValueLayout.OfLong NET_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  static final StructLayout SOCKADDR_IN =
      Libc.sized(
          structLayout(
              JAVA_SHORT.withName("family"),
              NET_SHORT.withName("port"),
              NET_INT.withName("address"),
              paddingLayout(8)),
          16);
  static final StructLayout SOCKADDR_IN6 =
      Libc.sized(
          structLayout(
              JAVA_SHORT.withName("family"),
              NET_SHORT.withName("port"),
              NET_INT.withName("flowinfo"),
              sequenceLayout(16, JAVA_BYTE).withName("address"),
              JAVA_INT.withName("scope")),
          28);
  static final StructLayout IOVEC =
      Libc.sized(structLayout(ADDRESS.withName("base"), JAVA_LONG.withName("length")), 16);
  static final StructLayout MMSGHDR =
      Libc.sized(
          structLayout(
              ADDRESS.withName("name"),
              JAVA_INT.withName("nameLength"),
              paddingLayout(4),
              ADDRESS.withName("iov"),
              JAVA_LONG.withName("iovLength"),
              ADDRESS.withName("control"),
              JAVA_LONG.withName("controlLength"),
              JAVA_INT.withName("flags"),
              paddingLayout(4),
              JAVA_INT.withName("length"),
              paddingLayout(4)),
          64);
  static final StructLayout CMSGHDR =
      Libc.sized(
          structLayout(
              JAVA_LONG.withName("length"), JAVA_INT.withName("level"), JAVA_INT.withName("type")),
          16);
  static final StructLayout POLLFD =
      Libc.sized(
          structLayout(
              JAVA_INT.withName("fd"),
              JAVA_SHORT.withName("events"),
              JAVA_SHORT.withName("revents")),
          8);
  static final StructLayout TIMESPEC =
      Libc.sized(structLayout(JAVA_LONG.withName("seconds"), JAVA_LONG.withName("nanos")), 16);
  static final StructLayout SOCK_FILTER =
      Libc.sized(
          structLayout(
              JAVA_SHORT.withName("code"),
              JAVA_BYTE.withName("jt"),
              JAVA_BYTE.withName("jf"),
              JAVA_INT.withName("k")),
          8);
  static final StructLayout SOCK_FPROG =
      Libc.sized(
          structLayout(JAVA_SHORT.withName("length"), paddingLayout(6), ADDRESS.withName("filter")),
          16);

  private Structs() {}

  static long offset(MemoryLayout struct, String field) {
    return struct.byteOffset(PathElement.groupElement(field));
  }
}
