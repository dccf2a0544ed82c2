package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.IpFamily;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Which ICMP messages the kernel lets into a raw socket, as a classic BPF program (kernel
 * documentation, networking/filter): echo replies that bear one of our identifiers, and errors and
 * redirects that quote a request with one. Without it a raw socket gets every ICMP message of the
 * network namespace, on the loopback interface also our own requests. Loading beyond a message's
 * end rejects it.
 */
final class MessageFilter {
  private static final int LDX_MSH_BYTE = 0xb1;
  private static final int LD_ABS_BYTE = 0x30;
  private static final int LD_ABS_HALF = 0x28;
  private static final int LD_IND_BYTE = 0x50;
  private static final int LD_IND_HALF = 0x48;
  private static final int AND = 0x54;
  private static final int LSH = 0x64;
  private static final int ADD_X = 0x0c;
  private static final int TAX = 0x07;
  private static final int JEQ = 0x15;
  private static final int RET = 0x06;
  private static final int WHOLE_PACKET = 0x3ffff;
  private static final int ICMP_HEADER = 8;
  private static final int IDENTIFIER = 4;

  /** A jump there is filled in when the program is complete. */
  private static final int REJECT = -1;

  private static final int ACCEPT = -2;
  private static final int NEXT = -3;

  /** Destination unreachable, redirect, time exceeded, parameter problem (RFC 792). */
  private static final int[] ICMPV4_ERRORS = {3, 5, 11, 12};

  private static final int[] ICMPV6_ERRORS = {1, 2, 3, 4};
  private static final int ICMPV6_REDIRECT = 137;

  /** Extension headers that may stand between a quoted IPv6 header and ICMPv6. */
  private static final int[] EXTENSIONS = {0, 43, 44, 60};

  private record Instruction(int code, int ifTrue, int ifFalse, int k) {}

  private final List<Instruction> program = new ArrayList<>();
  private final int mask;
  private final int first;

  private MessageFilter(int first, int count) {
    this.first = first;
    mask = 0xffff & -count;
  }

  /**
   * A struct sock_fprog.
   *
   * @param first our smallest identifier, a multiple of {@code count}
   * @param count how many follow one another: a power of two
   */
  static MemorySegment of(IpFamily family, int first, int count, Arena arena) {
    MessageFilter filter = new MessageFilter(first, count);
    if (family == IpFamily.IPV4) {
      filter.ipv4();
    } else {
      filter.ipv6();
    }
    return filter.assemble(arena);
  }

  /** Packets start with the IP header; X is where ICMP's starts. */
  private void ipv4() {
    add(LDX_MSH_BYTE, 0);
    add(LD_IND_BYTE, 0);
    int reply = 4 + ICMPV4_ERRORS.length;
    int error = reply + 3;
    jump(0, reply, NEXT);
    for (int type : ICMPV4_ERRORS) {
      jump(type, error, NEXT);
    }
    add(RET, 0);
    add(LD_IND_HALF, IDENTIFIER);
    add(AND, mask);
    jump(first, ACCEPT, REJECT);
    // A = length of the quoted IP header; X becomes the start of the quoted message less 8.
    add(LD_IND_BYTE, ICMP_HEADER);
    add(AND, 0xf);
    add(LSH, 2);
    add(ADD_X, 0);
    add(TAX, 0);
    add(LD_IND_BYTE, ICMP_HEADER);
    jump(8, NEXT, REJECT);
    add(LD_IND_HALF, ICMP_HEADER + IDENTIFIER);
    add(AND, mask);
    jump(first, ACCEPT, REJECT);
  }

  /** Packets start with the ICMPv6 header. */
  private void ipv6() {
    add(LD_ABS_BYTE, 0);
    int reply = 4 + ICMPV6_ERRORS.length;
    int error = reply + 3;
    jump(129, reply, NEXT);
    for (int type : ICMPV6_ERRORS) {
      jump(type, error, NEXT);
    }
    jump(ICMPV6_REDIRECT, ACCEPT, NEXT);
    add(RET, 0);
    add(LD_ABS_HALF, IDENTIFIER);
    add(AND, mask);
    jump(first, ACCEPT, REJECT);
    int nextHeader = ICMP_HEADER + 6;
    int message = ICMP_HEADER + 40;
    add(LD_ABS_BYTE, nextHeader);
    for (int header : EXTENSIONS) {
      jump(header, ACCEPT, NEXT);
    }
    jump(58, NEXT, REJECT);
    add(LD_ABS_BYTE, message);
    jump(128, NEXT, REJECT);
    add(LD_ABS_HALF, message + IDENTIFIER);
    add(AND, mask);
    jump(first, ACCEPT, REJECT);
  }

  private void add(int code, int k) {
    program.add(new Instruction(code, 0, 0, k));
  }

  private void jump(int value, int ifEqual, int ifNot) {
    program.add(new Instruction(JEQ, ifEqual, ifNot, value));
  }

  private MemorySegment assemble(Arena arena) {
    int reject = program.size();
    add(RET, 0);
    int accept = program.size();
    add(RET, WHOLE_PACKET);
    MemorySegment code = arena.allocate(Structs.SOCK_FILTER, program.size());
    for (int i = 0; i < program.size(); i++) {
      Instruction one = program.get(i);
      boolean jumps = one.code() == JEQ;
      write(
          code.asSlice(i * Structs.SOCK_FILTER.byteSize(), Structs.SOCK_FILTER),
          one,
          jumps ? distance(i, one.ifTrue(), reject, accept) : 0,
          jumps ? distance(i, one.ifFalse(), reject, accept) : 0);
    }
    MemorySegment header = arena.allocate(Structs.SOCK_FPROG);
    long length = Structs.offset(Structs.SOCK_FPROG, "length");
    header.set(ValueLayout.JAVA_SHORT, length, (short) program.size());
    header.set(ValueLayout.ADDRESS, Structs.offset(Structs.SOCK_FPROG, "filter"), code);
    return header;
  }

  private static int distance(int from, int to, int reject, int accept) {
    return switch (to) {
      case NEXT -> 0;
      case REJECT -> reject - from - 1;
      case ACCEPT -> accept - from - 1;
      default -> to - from - 1;
    };
  }

  private static void write(MemorySegment at, Instruction one, int ifTrue, int ifFalse) {
    long code = Structs.offset(Structs.SOCK_FILTER, "code");
    at.set(ValueLayout.JAVA_SHORT, code, (short) one.code());
    at.set(ValueLayout.JAVA_BYTE, Structs.offset(Structs.SOCK_FILTER, "jt"), (byte) ifTrue);
    at.set(ValueLayout.JAVA_BYTE, Structs.offset(Structs.SOCK_FILTER, "jf"), (byte) ifFalse);
    at.set(ValueLayout.JAVA_INT, Structs.offset(Structs.SOCK_FILTER, "k"), one.k());
  }
}
