package dev.pingcheck.resolve;

import static dev.pingcheck.resolve.ScriptedDns.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.resolve.NameResolver.Answer;
import dev.pingcheck.stats.Resolution;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class DnsNameResolverTest {
  private static final String BOTH = "host-record=both.test,192.0.2.1,2001:db8::1,60";

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();

  private DnsNameResolver resolver(int port, String... resolvConf) throws IOException {
    List<String> lines = new ArrayList<>(List.of("nameserver 127.0.0.1"));
    lines.addAll(Arrays.asList(resolvConf));
    Files.write(folder.resolve("resolv.conf"), lines);
    return new DnsNameResolver(
        new ResolverFiles(folder.resolve("resolv.conf"), folder.resolve("hosts"), port), clock);
  }

  private static Answer ask(NameResolver resolver, String name, IpFamilies families)
      throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    resolver.resolve(name, families, answer::complete);
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static List<String> texts(Answer answer) {
    return answer.addresses().stream().map(InetAddress::getHostAddress).toList();
  }

  private static void assertFailed(Answer answer, String sentence) {
    assertThat(answer.addresses()).isEmpty();
    assertThat(answer.resolution()).isEqualTo(Resolution.failed(sentence));
  }

  @Test
  void aLiteralNeedsNoServer() throws Exception {
    DnsNameResolver resolver = resolver(1);
    Answer four = ask(resolver, "192.0.2.7", IpFamilies.ANY);
    assertThat(four.resolution()).isEqualTo(Resolution.literal());
    assertThat(texts(four)).containsExactly("192.0.2.7");
    assertThat(texts(ask(resolver, "2001:db8::7", IpFamilies.DUAL_STACK)))
        .containsExactly("2001:db8:0:0:0:0:0:7");
    assertFailed(ask(resolver, "192.0.2.7", IpFamilies.IPV6), "192.0.2.7 is no IPv6 address.");
  }

  @Test
  void eachFamilyIsLookedUp() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns = Dnsmasq.start(port, BOTH)) {
      DnsNameResolver resolver = resolver(port);
      Answer four = ask(resolver, "both.test", IpFamilies.IPV4);
      assertThat(four.resolution()).isEqualTo(Resolution.resolved());
      assertThat(texts(four)).containsExactly("192.0.2.1");
      assertThat(texts(ask(resolver, "BOTH.test.", IpFamilies.IPV6)))
          .containsExactly("2001:db8:0:0:0:0:0:1");
      assertThat(texts(ask(resolver, "both.test", IpFamilies.DUAL_STACK)))
          .containsExactlyInAnyOrder("192.0.2.1", "2001:db8:0:0:0:0:0:1");
      assertThat(ask(resolver, "both.test", IpFamilies.ANY).addresses()).hasSize(1);
    }
  }

  @Test
  void aFamilyThatHasNoAddressIsToldToWhoAsksForBothAlone() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=four.test,192.0.2.1,60")) {
      DnsNameResolver resolver = resolver(port);
      Answer both = ask(resolver, "four.test", IpFamilies.DUAL_STACK);
      assertThat(texts(both)).containsExactly("192.0.2.1");
      assertThat(both.resolution().state()).isEqualTo(Resolution.State.RESOLVED);
      assertThat(both.resolution().detail())
          .isEqualTo("Not pinged: IPv6 (four.test has no IPv6 address).");
      assertThat(ask(resolver, "four.test", IpFamilies.ANY).resolution())
          .isEqualTo(Resolution.resolved());
      Files.writeString(folder.resolve("hosts"), "2001:db8::9 router\n");
      assertThat(ask(resolver, "router", IpFamilies.DUAL_STACK).resolution().detail())
          .isEqualTo("Not pinged: IPv4 (the hosts file has no such address of router).");
    }
  }

  @Test
  void aliasesAreFollowed() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns = Dnsmasq.start(port, BOTH, "cname=b.test,both.test", "cname=a.test,b.test")) {
      assertThat(texts(ask(resolver(port), "a.test", IpFamilies.IPV4)))
          .containsExactly("192.0.2.1");
    }
  }

  @Test
  void noSuchNameAndNoSuchAddressAreToldApart() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=four.test,192.0.2.4")) {
      DnsNameResolver resolver = resolver(port);
      assertFailed(
          ask(resolver, "none.test", IpFamilies.ANY), "There is no DNS name none.test (NXDOMAIN).");
      assertFailed(ask(resolver, "four.test", IpFamilies.IPV6), "four.test has no IPv6 address.");
      assertThat(texts(ask(resolver, "four.test", IpFamilies.ANY))).containsExactly("192.0.2.4");
    }
  }

  /** What a name is after a look ahead; others are asked only if what is known is not good then. */
  private static void awaitTexts(NameResolver resolver, String name, String... expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> {
          resolver.prepare(name, IpFamilies.IPV4, Duration.ZERO);
          return texts(ask(resolver, name, IpFamilies.IPV4)).equals(List.of(expected));
        });
  }

  @Test
  void aChangedAnswerIsSeenWhenItsTimeToLiveIsOver() throws Exception {
    int port = Dnsmasq.freePort();
    DnsNameResolver resolver = resolver(port);
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=a.test,192.0.2.1,60")) {
      assertThat(texts(ask(resolver, "a.test", IpFamilies.IPV4))).containsExactly("192.0.2.1");
    }
    clock.advance(Duration.ofSeconds(60).minusNanos(1));
    resolver.prepare("a.test", IpFamilies.IPV4, Duration.ZERO);
    assertThat(texts(ask(resolver, "a.test", IpFamilies.IPV4))).containsExactly("192.0.2.1");
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=a.test,192.0.2.2,60")) {
      clock.advance(Duration.ofNanos(1));
      awaitTexts(resolver, "a.test", "192.0.2.2");
    }
  }

  @Test
  void aLookAheadRefreshesWhatWouldBeTooOldByThenWhileTheOldAnswerIsGivenAtOnce() throws Exception {
    int port = Dnsmasq.freePort();
    DnsNameResolver resolver = resolver(port);
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=a.test,192.0.2.1,60")) {
      assertThat(texts(ask(resolver, "a.test", IpFamilies.IPV4))).containsExactly("192.0.2.1");
    }
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=a.test,192.0.2.2,60")) {
      clock.advance(Duration.ofSeconds(51));
      assertThat(threadOf(resolver, "a.test")).isNotEqualTo(Thread.currentThread());
      resolver.prepare("a.test", IpFamilies.IPV4, Duration.ofSeconds(9));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> texts(ask(resolver, "a.test", IpFamilies.IPV4)).equals(List.of("192.0.2.2")));
    }
    clock.advance(Duration.ofSeconds(59));
    assertThat(threadOf(resolver, "a.test")).isEqualTo(Thread.currentThread());
  }

  @Test
  void aServerThatFailsIsToldApartFromOneThatIsSilent() throws Exception {
    try (ScriptedDns failing = new ScriptedDns(q -> Optional.of(reply(q, Rcode.SERVFAIL)));
        ScriptedDns silent = new ScriptedDns(question -> Optional.empty())) {
      assertFailed(
          ask(resolver(failing.port()), "a.test", IpFamilies.ANY),
          "The DNS server could not look up a.test (SERVFAIL).");
      assertFailed(
          ask(resolver(silent.port(), "options timeout:1 attempts:1"), "a.test", IpFamilies.ANY),
          "No DNS server answered in time for a.test (asked 127.0.0.1).");
    }
  }

  @Test
  void manyChecksOfANameAskOnce() throws Exception {
    try (ScriptedDns slow =
        new ScriptedDns(question -> {
          sleep(200);
          return Optional.of(reply(question, Rcode.NXDOMAIN));
        })) {
      DnsNameResolver resolver = resolver(slow.port(), "options attempts:1");
      List<CompletableFuture<Answer>> answers = new ArrayList<>();
      for (int check = 0; check < 500; check++) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        resolver.resolve("a.test", IpFamilies.IPV4, answer::complete);
        answers.add(answer);
      }
      for (CompletableFuture<Answer> answer : answers) {
        assertThat(answer.get(10, TimeUnit.SECONDS).addresses()).isEmpty();
      }
      assertThat(slow.questions()).isEqualTo(1);
    }
  }

  @Test
  void anAliasWithoutItsTargetIsFollowedByAnotherQuestion() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(question -> Optional.of(aliasOnly(question)))) {
      assertFailed(
          ask(resolver(dns.port(), "options attempts:1"), "loop.test", IpFamilies.IPV4),
          "loop.test is an alias without end.".replace("loop.test", "xxxxxxxxloop.test"));
      assertThat(dns.questions()).isEqualTo(9);
    }
  }

  @Test
  void searchDomainsAreTried() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns =
        Dnsmasq.start(
            port, "host-record=a.two.test,192.0.2.2", "host-record=b.c.two.test,192.0.2.3")) {
      DnsNameResolver resolver = resolver(port, "search one.test two.test", "options ndots:2");
      assertThat(texts(ask(resolver, "a", IpFamilies.ANY))).containsExactly("192.0.2.2");
      assertThat(texts(ask(resolver, "b.c", IpFamilies.ANY))).containsExactly("192.0.2.3");
      assertFailed(
          ask(resolver, "d.test.", IpFamilies.ANY), "There is no DNS name d.test. (NXDOMAIN).");
    }
  }

  @Test
  void theHostsFileGoesFirstAndIsReadAgainWhenItChanges() throws Exception {
    DnsNameResolver resolver = resolver(1);
    Files.writeString(
        folder.resolve("hosts"), "192.0.2.9 Router r # 192.0.2.10 no\n2001:db8::9 router\n");
    Answer both = ask(resolver, "router", IpFamilies.DUAL_STACK);
    assertThat(both.resolution()).isEqualTo(Resolution.resolved());
    assertThat(both.addresses()).hasSize(2);
    assertThat(texts(ask(resolver, "R", IpFamilies.IPV4))).containsExactly("192.0.2.9");
    Files.writeString(folder.resolve("hosts"), "192.0.2.11 router\n");
    assertThat(texts(ask(resolver, "router", IpFamilies.ANY))).containsExactly("192.0.2.11");
  }

  @Test
  void literalsAndKnownNamesAreAnsweredAtOnceAndOthersByAThreadThatMayWait() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=a.test,192.0.2.1,60")) {
      DnsNameResolver resolver = resolver(port);
      Files.writeString(folder.resolve("hosts"), "192.0.2.9 router\n");
      assertThat(threadOf(resolver, "192.0.2.7")).isEqualTo(Thread.currentThread());
      assertThat(threadOf(resolver, "a.test")).isNotEqualTo(Thread.currentThread());
      assertThat(threadOf(resolver, "a.test")).isEqualTo(Thread.currentThread());
      clock.advance(Duration.ofSeconds(60));
      assertThat(threadOf(resolver, "a.test")).isNotEqualTo(Thread.currentThread());
      assertThat(threadOf(resolver, "router")).isNotEqualTo(Thread.currentThread());
    }
  }

  @Test
  void aNewLineOfTheHostsFileIsSoonSeenForANameThatDnsHasAnswered() throws Exception {
    int port = Dnsmasq.freePort();
    try (Dnsmasq dns = Dnsmasq.start(port, "host-record=a.test,192.0.2.1,60")) {
      DnsNameResolver resolver = resolver(port);
      assertThat(texts(ask(resolver, "a.test", IpFamilies.ANY))).containsExactly("192.0.2.1");
      Files.writeString(folder.resolve("hosts"), "192.0.2.9 a.test\n");
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> texts(ask(resolver, "a.test", IpFamilies.ANY)).equals(List.of("192.0.2.9")));
    }
  }

  @Test
  void aClosedResolverSaysSoAndEndsWhatItHasBegun() throws Exception {
    try (ScriptedDns slow =
        new ScriptedDns(question -> {
          sleep(200);
          return Optional.of(reply(question, Rcode.NXDOMAIN));
        })) {
      DnsNameResolver resolver = resolver(slow.port());
      CompletableFuture<Answer> begun = new CompletableFuture<>();
      resolver.resolve("a.test", IpFamilies.IPV4, begun::complete);
      resolver.close();
      assertFailed(ask(resolver, "b.test", IpFamilies.IPV4), "The resolver was closed.");
      assertFailed(begun.get(10, TimeUnit.SECONDS), "There is no DNS name a.test (NXDOMAIN).");
    }
  }

  /** The thread on which the answer came. */
  private static Thread threadOf(NameResolver resolver, String name) throws Exception {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    resolver.resolve(name, IpFamilies.ANY, answer -> thread.complete(Thread.currentThread()));
    return thread.get(20, TimeUnit.SECONDS);
  }

  @Test
  void withoutConfiguredServerASentenceSaysSo() throws Exception {
    DnsNameResolver resolver = resolver(1);
    Path conf = folder.resolve("resolv.conf");
    Files.writeString(conf, "# nothing\n");
    assertFailed(
        ask(resolver, "a.test", IpFamilies.ANY),
        "No DNS server is configured in " + conf + ", so a.test cannot be looked up.");
  }

  @Test
  void whatIsNoNameIsNoCrash() throws Exception {
    DnsNameResolver resolver = resolver(1);
    for (String bad : List.of("", ".", "a..b", "x".repeat(64), "a.".repeat(200), "10..1", ":")) {
      Answer answer = ask(resolver, bad, IpFamilies.ANY);
      assertFailed(answer, bad + " is no valid DNS name.");
    }
  }

  /** Every name is an alias of itself with a longer first label. */
  private static Message aliasOnly(Message question) {
    Message reply = reply(question, Rcode.NOERROR);
    Name name = question.getQuestion().getName();
    reply.addRecord(
        new CNAMERecord(name, DClass.IN, 60, Name.fromConstantString("x" + name)), Section.ANSWER);
    return reply;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
