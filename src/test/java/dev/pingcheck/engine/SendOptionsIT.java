package dev.pingcheck.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.Packet;

/** What a request was to be sent with stands in the packets on the wire, for both kinds. */
class SendOptionsIT {
  private static final String HOST_IPV4 = "10.9.2.2";
  private static final String HOST_IPV6 = "fd09:2::2";

  /** DSCP are the upper six bits of the octet (RFC 2474). */
  private static final int TRAFFIC_CLASS = PingerProcess.DSCP << 2;

  @TempDir private Path folder;
  private NetworkNamespaces net;

  @BeforeEach
  void up() {
    net = new NetworkNamespaces();
    NetworkNamespaces.in(net.client(), "sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647");
  }

  @AfterEach
  void down() {
    net.close();
  }

  @ParameterizedTest
  @CsvSource({"RAW, true", "RAW, false", "PING, true", "PING, false"})
  void timeToLiveCodePointAndDontFragmentStandInEachIpv4Packet(String mode, boolean whole)
      throws Exception {
    for (Packet packet : capture("icmp[icmptype] == icmp-echo", mode, whole, HOST_IPV4)) {
      IpV4Packet.IpV4Header ip = packet.get(IpV4Packet.class).getHeader();
      assertThat(ip.getTtlAsInt()).isEqualTo(33);
      assertThat(Byte.toUnsignedInt(ip.getTos().value())).isEqualTo(TRAFFIC_CLASS);
      assertThat(ip.getDontFragmentFlag()).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({"RAW, true", "RAW, false", "PING, true", "PING, false"})
  void hopLimitAndCodePointStandInEachIpv6Packet(String mode, boolean whole) throws Exception {
    for (Packet packet : capture("ip6[40] == 128", mode, whole, HOST_IPV6)) {
      IpV6Packet.IpV6Header ip = packet.get(IpV6Packet.class).getHeader();
      assertThat(ip.getHopLimitAsInt()).isEqualTo(33);
      assertThat(Byte.toUnsignedInt(ip.getTrafficClass().value())).isEqualTo(TRAFFIC_CLASS);
    }
  }

  /**
   * In some forty-five fragments each way; the engine takes no reply whose pattern is not whole.
   */
  @ParameterizedTest
  @CsvSource({"RAW", "PING"})
  void theLargestPayloadGoesThroughAndComesBackWhole(String mode) throws Exception {
    // The neighbours are to be known: few fragments can wait until one has told its address.
    ping(mode, 1, 56, false, HOST_IPV4, HOST_IPV6);
    List<String> told = ping(mode, 5, 65_507, false, HOST_IPV4, HOST_IPV6);
    assertThat(told)
        .as("%s", told)
        .filteredOn(line -> line.contains(" received kernel ttl=63"))
        .hasSize(10);
  }

  /** One octet more than fits into a link's packets of 1500. */
  @ParameterizedTest
  @CsvSource({
    "RAW, 10.9.2.2, 1472",
    "PING, 10.9.2.2, 1472",
    "RAW, fd09:2::2, 1452",
    "PING, fd09:2::2, 1452",
  })
  void whatMustNotBeFragmentedIsTooBigFromTheFirstOctetOnThatDoesNotFit(
      String mode, String host, int fits) throws Exception {
    assertThat(ping(mode, 2, fits, true, host))
        .filteredOn(line -> line.contains(" received "))
        .hasSize(2);
    assertThat(ping(mode, 2, fits + 1, true, host))
        .filteredOn(line -> line.contains(" lost PACKET_TOO_BIG"))
        .hasSize(2);
  }

  private List<Packet> capture(String filter, String mode, boolean whole, String host)
      throws Exception {
    return WireCapture.of(
        net,
        folder,
        filter,
        3,
        () ->
            assertThat(lines(mode, "3", "20", "57", "33", Boolean.toString(whole), host))
                .filteredOn(line -> line.contains(" received "))
                .hasSize(3));
  }

  private List<String> ping(String mode, int count, int payload, boolean whole, String... hosts) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            mode,
            Integer.toString(count),
            "50",
            Integer.toString(payload),
            "64",
            Boolean.toString(whole)));
    arguments.addAll(List.of(hosts));
    return lines(arguments.toArray(String[]::new));
  }

  private List<String> lines(String... arguments) {
    try {
      Process pinger = PingerProcess.start(net.client(), List.of(), arguments);
      return new String(pinger.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
