package dev.pingcheck.link;

import com.google.protobuf.ByteString;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Ip;
import dev.pingcheck.plan.policy.Network;
import dev.pingcheck.plan.policy.Networks;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Rules for addresses as messages and back. */
final class RulesMessages {
  private static final int V4_OCTETS = 4;
  private static final int V6_OCTETS = 16;

  private RulesMessages() {}

  static dev.pingcheck.link.proto.AddressRules encode(int number, AddressRules rules) {
    return dev.pingcheck.link.proto.AddressRules.newBuilder()
        .setNumber(number)
        .addAllAllow(rules.allow().list().stream().map(RulesMessages::encode).toList())
        .addAllDeny(rules.deny().list().stream().map(RulesMessages::encode).toList())
        .build();
  }

  /** The rules, unless a network is none or the number is the built-in ones'. */
  static Optional<AddressRules> decode(dev.pingcheck.link.proto.AddressRules message) {
    if (message.getNumber() == SentRules.BUILT_IN) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AddressRules(decode(message.getAllowList()), decode(message.getDenyList())));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static dev.pingcheck.link.proto.Network encode(Network network) {
    Ip first = network.first();
    ByteBuffer octets =
        first.v6()
            ? ByteBuffer.allocate(V6_OCTETS).putLong(first.high()).putLong(first.low())
            : ByteBuffer.allocate(V4_OCTETS).putInt((int) (first.high() >>> 32));
    return dev.pingcheck.link.proto.Network.newBuilder()
        .setAddress(ByteString.copyFrom(octets.flip()))
        .setPrefixLength(network.length())
        .build();
  }

  private static Networks decode(List<dev.pingcheck.link.proto.Network> messages) {
    return Networks.of(messages.stream().map(RulesMessages::decode).toList());
  }

  private static Network decode(dev.pingcheck.link.proto.Network message) {
    ByteBuffer octets = message.getAddress().asReadOnlyByteBuffer();
    Ip first =
        switch (octets.remaining()) {
          case V4_OCTETS -> new Ip(false, (long) octets.getInt() << 32, 0);
          case V6_OCTETS -> new Ip(true, octets.getLong(), octets.getLong());
          default -> throw new IllegalArgumentException("no address: " + message.getAddress());
        };
    return new Network(first, message.getPrefixLength());
  }
}
