package dev.pingcheck.truth;

import dev.pingcheck.engine.socket.SocketMode;
import dev.pingcheck.lab.tun.Emission;
import dev.pingcheck.lab.tun.Nature;
import dev.pingcheck.lab.tun.Packet;

/** Through which sockets the engine works, and what the kernel keeps from each. */
enum SocketKind {
  /**
   * The kernel drops what has a broken IP header, or a wrong ICMPv6 checksum (RFC 3542 section
   * 3.1); ICMPv4 messages come as they are.
   */
  RAW {
    @Override
    boolean hears(Emission emission) {
      Packet packet = emission.packet();
      return packet.isHeaderSound() && (!packet.isIpv6() || packet.isMessageSound());
    }
  },
  /**
   * The kernel itself reads each message first: it drops what has a wrong checksum, and of the
   * errors those that it does not pass on (Linux: icmp_unreach in net/ipv4/icmp.c and ping_err in
   * net/ipv4/ping.c).
   */
  PING {
    @Override
    boolean hears(Emission emission) {
      Packet packet = emission.packet();
      return packet.isHeaderSound() && packet.isMessageSound() && !isSwallowed(emission);
    }

    private static boolean isSwallowed(Emission emission) {
      Packet packet = emission.packet();
      int type = packet.at(0);
      int code = packet.at(1);
      if (packet.isIpv6()) {
        // Redirects are for neighbours alone.
        return emission.nature() == Nature.REDIRECT;
      }
      // A path's MTU is no error where fragments are allowed; the time of fragments is not ours.
      return type == 3 && code == 4 || type == 11 && code == 1;
    }
  };

  /** What the engine has to be asked for. */
  SocketMode mode() {
    return this == RAW ? SocketMode.RAW : SocketMode.PING;
  }

  /** Whether the packet comes to the engine at all. */
  abstract boolean hears(Emission emission);
}
