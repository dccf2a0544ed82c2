package dev.pingcheck.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {

  @Test
  void aPodsFileIsUnderstood() {
    ResolvConf conf =
        ResolvConf.parse(
            List.of(
                "search ns.svc.cluster.local svc.cluster.local.",
                "nameserver 10.96.0.10 # the cluster's",
                "nameserver 2001:db8::53",
                "nameserver nonsense",
                "options ndots:5 timeout:3 rotate attempts:9 ndots:x"));
    assertThat(conf)
        .isEqualTo(
            new ResolvConf(
                List.of(InetAddress.ofLiteral("10.96.0.10"), InetAddress.ofLiteral("2001:db8::53")),
                List.of("ns.svc.cluster.local", "svc.cluster.local."),
                5,
                Duration.ofSeconds(3),
                5));
    assertThat(conf.candidates("gw.example.com"))
        .containsExactly(
            "gw.example.com.ns.svc.cluster.local",
            "gw.example.com.svc.cluster.local",
            "gw.example.com");
    assertThat(conf.candidates("gw.example.com.")).containsExactly("gw.example.com");
  }

  @Test
  void anEmptyFileHasTheDefaults() {
    ResolvConf conf = ResolvConf.parse(List.of());
    assertThat(conf).isEqualTo(new ResolvConf(List.of(), List.of(), 1, Duration.ofSeconds(5), 2));
    assertThat(conf.candidates("a.b")).containsExactly("a.b");
  }

  @Test
  void aServerGetsNoMoreThanItsShareOfTheTime() {
    ResolvConf conf =
        ResolvConf.parse(
            List.of("nameserver 192.0.2.1", "nameserver 192.0.2.2", "nameserver 192.0.2.3"));
    assertThat(conf.timeoutWithin(Duration.ofSeconds(6))).isEqualTo(Duration.ofSeconds(1));
    assertThat(conf.timeoutWithin(Duration.ofMinutes(6))).isEqualTo(Duration.ofSeconds(5));
  }
}
