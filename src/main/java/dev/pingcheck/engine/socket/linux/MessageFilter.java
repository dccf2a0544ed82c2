package dev.pingcheck.engine.socket.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Which ICMP messages the kernel lets in. Without it a raw socket gets every one of the network
 * namespace, on the loopback interface also our own requests.
 */
final class MessageFilter {
  private static final int LDX_MSH_BYTE = 0xb1;
  private static final int LD_IND_BYTE = 0x50;
  private static final int JEQ = 0x15;
  private static final int RET = 0x06;
  private static final int WHOLE_PACKET = 0x3ffff;

  /** Echo reply, destination unreachable, time exceeded, parameter problem (RFC 792). */
  private static final int[] ICMPV4 = {0, 3, 11, 12};

  /** Echo reply and the four errors (RFC 4443). */
  private static final int[] ICMPV6 = {129, 1, 2, 3, 4};

  private MessageFilter() {}

  /**
   * A classic BPF program (struct sock_fprog) for an IPv4 raw socket, whose packets start with the
   * IP header: X becomes that header's length, A the type behind it.
   */
  static MemorySegment ipv4(Arena arena) {
    int size = 2 + ICMPV4.length + 2;
    MemorySegment program = arena.allocate(Structs.SOCK_FILTER, size);
    instruction(program, 0, LDX_MSH_BYTE, 0, 0);
    instruction(program, 1, LD_IND_BYTE, 0, 0);
    int accept = size - 1;
    for (int i = 0; i < ICMPV4.length; i++) {
      int at = 2 + i;
      instruction(program, at, JEQ, accept - at - 1, ICMPV4[i]);
    }
    instruction(program, size - 2, RET, 0, 0);
    instruction(program, accept, RET, 0, WHOLE_PACKET);
    MemorySegment header = arena.allocate(Structs.SOCK_FPROG);
    header.set(ValueLayout.JAVA_SHORT, Structs.offset(Structs.SOCK_FPROG, "length"), (short) size);
    header.set(ValueLayout.ADDRESS, Structs.offset(Structs.SOCK_FPROG, "filter"), program);
    return header;
  }

  /** A struct icmp6_filter (RFC 3542 section 3.2): on Linux a bit that is set blocks its type. */
  static MemorySegment ipv6(Arena arena) {
    MemorySegment filter = arena.allocate(256 / Byte.SIZE, Integer.BYTES).fill((byte) 0xff);
    for (int type : ICMPV6) {
      int word = type / Integer.SIZE;
      int bits = filter.getAtIndex(ValueLayout.JAVA_INT, word);
      filter.setAtIndex(ValueLayout.JAVA_INT, word, bits & ~(1 << type));
    }
    return filter;
  }

  private static void instruction(MemorySegment program, int index, int code, int ifTrue, int k) {
    MemorySegment at = program.asSlice(index * Structs.SOCK_FILTER.byteSize(), Structs.SOCK_FILTER);
    at.set(ValueLayout.JAVA_SHORT, Structs.offset(Structs.SOCK_FILTER, "code"), (short) code);
    at.set(ValueLayout.JAVA_BYTE, Structs.offset(Structs.SOCK_FILTER, "jt"), (byte) ifTrue);
    at.set(ValueLayout.JAVA_INT, Structs.offset(Structs.SOCK_FILTER, "k"), k);
  }
}
