package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.socket.IpFamily;
import dev.pingcheck.engine.socket.Origin;
import dev.pingcheck.engine.socket.Peer;
import dev.pingcheck.engine.socket.linux.SourceChoice;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What {@code -I} says: an interface of this machine, an address of it, or both.
 *
 * @param device the interface
 * @param source the address
 */
record OriginChoice(Optional<NetworkInterface> device, Optional<InetAddress> source) {
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** What became of the words. */
  sealed interface Reading {
    record Read(OriginChoice choice) implements Reading {}

    record Refused(String sentence) implements Reading {}
  }

  static Reading read(List<String> words) {
    Optional<NetworkInterface> device = Optional.empty();
    Optional<InetAddress> source = Optional.empty();
    for (String word : words) {
      try {
        if (isAddress(word)) {
          if (source.isPresent()) {
            return new Reading.Refused("-I takes one source address, not two");
          }
          source = Optional.of(InetAddress.ofLiteral(word));
          if (!isOwn(source.get())) {
            return new Reading.Refused(
                "-I: " + word + " is no address of this machine: see ip address");
          }
        } else if (device.isPresent()) {
          return new Reading.Refused("-I takes one interface, not two");
        } else {
          device = Optional.ofNullable(NetworkInterface.getByName(word));
          if (device.isEmpty()) {
            return new Reading.Refused(
                "-I: no interface of this machine is called " + word + ": see ip link");
          }
        }
      } catch (IllegalArgumentException | SocketException e) {
        return new Reading.Refused("-I: " + word + " is neither an interface nor an address");
      }
    }
    return new Reading.Read(new OriginChoice(device, source));
  }

  boolean isAny() {
    return device.isEmpty() && source.isEmpty();
  }

  Optional<IpFamily> family() {
    return source.map(IpFamily::of);
  }

  /** An address without a zone belongs to the interface that was named. */
  Peer on(Peer peer) {
    boolean local = peer.toInetAddress().isLinkLocalAddress() && peer.family() == IpFamily.IPV6;
    return local && peer.scope() == 0 && device.isPresent()
        ? new Peer(peer.family(), peer.high(), peer.low(), device.get().getIndex())
        : peer;
  }

  Origin origin() {
    return isAny()
        ? Origin.ANY
        : new Origin(source.map(Peer::of), device.map(NetworkInterface::getIndex).orElse(0));
  }

  /** Where IPv6 sockets have to start as a whole. */
  Origin ipv6Origin() {
    return family().filter(family -> family == IpFamily.IPV6).isPresent() ? origin() : Origin.ANY;
  }

  /** The words that follow the host in the first line, as iputils has them. */
  String text(Peer to) {
    if (isAny()) {
      return "";
    }
    String address = source.map(each -> Peer.of(each).text()).orElseGet(() -> chosenSource(to));
    return "from " + address + " " + device.map(NetworkInterface::getName).orElse("") + ": ";
  }

  private String chosenSource(Peer to) {
    int index = device.map(NetworkInterface::getIndex).orElse(0);
    return SourceChoice.of(to, index).map(Peer::text).orElse("?");
  }

  private static boolean isOwn(InetAddress address) {
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(address, 0))) {
      return socket.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  private static boolean isAddress(String word) {
    return word.indexOf(':') >= 0 || IPV4.matcher(word).matches();
  }
}
