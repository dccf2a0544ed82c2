package dev.pingcheck.resolve;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** What DNS servers do that a well-behaved one does not, over real sockets. */
class DnsServerTroubleTest {
  private static final Name A = Name.fromConstantString("a.test.");
  private static final Name B = Name.fromConstantString("b.test.");
  private static final Name C = Name.fromConstantString("c.test.");

  @TempDir Path folder;
  private final FakeClock clock = new FakeClock();
  private final List<DnsNameResolver> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(DnsNameResolver::close);
  }

  private DnsNameResolver resolver(int port, String... resolvConf) throws IOException {
    Files.write(folder.resolve("resolv.conf"), List.of(resolvConf));
    DnsNameResolver resolver =
        new DnsNameResolver(
            new ResolverFiles(folder.resolve("resolv.conf"), folder.resolve("hosts"), port), clock);
    opened.add(resolver);
    return resolver;
  }

  private DnsNameResolver resolver(ScriptedDns dns) throws IOException {
    return resolver(dns.port(), "nameserver 127.0.0.1", "options timeout:5 attempts:1");
  }

  private static Answer ask(NameResolver resolver, String name) throws Exception {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    resolver.resolve(name, IpFamilies.IPV4, answer::complete);
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static List<String> texts(Answer answer) {
    return answer.addresses().stream().map(InetAddress::getHostAddress).toList();
  }

  /** A look ahead; returns when it has come to its end. */
  private static void look(NameResolver resolver, String name) {
    resolver.prepare(name, IpFamilies.IPV4, Duration.ZERO);
    CompletableFuture<Answer> behind = new CompletableFuture<>();
    // The resolver's thread takes one after the other.
    resolver.resolve("no valid name " + System.nanoTime(), IpFamilies.IPV4, behind::complete);
    behind.orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Test
  void aTimeToLiveOfZeroIsAskedForEachFiveSecondsAtMost() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(q -> Optional.of(one(q, 0)))) {
      DnsNameResolver resolver = resolver(dns);
      for (int second = 0; second < 5; second++) {
        assertThat(texts(ask(resolver, "a.test"))).containsExactly("192.0.2.1");
        resolver.prepare("a.test", IpFamilies.IPV4, Duration.ofSeconds(4));
        look(resolver, "a.test");
        assertThat(dns.questions()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));
      }
      look(resolver, "a.test");
      awaitQuestions(dns, 2);
    }
  }

  private static Message one(Message question, long ttl) {
    return ScriptedDns.addresses(question, ttl, List.of("192.0.2.1"));
  }

  private static void awaitQuestions(ScriptedDns dns, int expected) {
    await().atMost(Duration.ofSeconds(20)).until(() -> dns.questions() == expected);
  }

  @Test
  void aTimeToLiveOfDaysIsAskedForAgainAfterFiveMinutes() throws Exception {
    try (ScriptedDns dns = new ScriptedDns(q -> Optional.of(one(q, 7 * 86_400)))) {
      DnsNameResolver resolver = resolver(dns);
      ask(resolver, "a.test");
      clock.advance(Duration.ofMinutes(5).minusNanos(1));
      look(resolver, "a.test");
      assertThat(dns.questions()).isEqualTo(1);
      clock.advance(Duration.ofNanos(1));
      look(resolver, "a.test");
      awaitQuestions(dns, 2);
    }
  }

  @Test
  void theShortestTimeToLiveOfAChainCounts() throws Exception {
    try (ScriptedDns dns =
        new ScriptedDns(question -> {
          Message reply = ScriptedDns.reply(question, Rcode.NOERROR);
          reply.addRecord(ScriptedDns.alias(A, 600, B), Section.ANSWER);
          reply.addRecord(ScriptedDns.alias(B, 20, C), Section.ANSWER);
          reply.addRecord(ScriptedDns.a(C, 300, "192.0.2.1"), Section.ANSWER);
          return Optional.of(reply);
        })) {
      DnsNameResolver resolver = resolver(dns);
      assertThat(texts(ask(resolver, "a.test"))).containsExactly("192.0.2.1");
      clock.advance(Duration.ofSeconds(20).minusNanos(1));
      look(resolver, "a.test");
      assertThat(dns.questions()).isEqualTo(1);
      clock.advance(Duration.ofNanos(1));
      look(resolver, "a.test");
      awaitQuestions(dns, 2);
    }
  }

  @Test
  void aLoopOfAliasesInOneAnswerEnds() throws Exception {
    try (ScriptedDns dns =
        new ScriptedDns(question -> {
          Message reply = ScriptedDns.reply(question, Rcode.NOERROR);
          reply.addRecord(ScriptedDns.alias(A, 60, B), Section.ANSWER);
          reply.addRecord(ScriptedDns.alias(B, 60, A), Section.ANSWER);
          return Optional.of(reply);
        })) {
      assertThat(ask(resolver(dns), "a.test").resolution())
          .isEqualTo(Resolution.failed("a.test is an alias without end."));
      assertThat(dns.questions()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerTooLongForUdpComesOverTcp() throws Exception {
    List<String> fifty = IntStream.rangeClosed(1, 50).mapToObj(i -> "192.0.2." + i).toList();
    try (ScriptedDns dns = new ScriptedDns(q -> Optional.of(ScriptedDns.addresses(q, 60, fifty)))) {
      assertThat(texts(ask(resolver(dns), "a.test"))).isEqualTo(fifty);
      assertThat(dns.questionsOverTcp()).isEqualTo(1);
    }
  }

  @Test
  void dnsmasqGivesFiftyAddresses() throws Exception {
    int port = Dnsmasq.freePort();
    String[] fifty =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> "host-record=many.test,192.0.2." + i + ",60")
            .toArray(String[]::new);
    try (Dnsmasq dns = Dnsmasq.start(port, fifty)) {
      Answer answer = ask(resolver(port, "nameserver 127.0.0.1"), "many.test");
      assertThat(answer.addresses()).hasSize(50).doesNotHaveDuplicates();
    }
  }

  @Test
  void aServerThatFailsLeavesAKnownNameStaleAndItsAgeGrowsFromRoundToRound() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedDns dns =
        new ScriptedDns(q ->
            Optional.of(
                asked.getAndIncrement() == 0
                    ? one(q, 30)
                    : ScriptedDns.reply(q, Rcode.SERVFAIL)))) {
      DnsNameResolver resolver = resolver(dns);
      ask(resolver, "a.test");
      // A look that needs no server makes the address no younger.
      clock.advance(Duration.ofSeconds(20));
      ask(resolver, "A.test");
      clock.advance(Duration.ofSeconds(10));
      look(resolver, "a.test");
      String why = "The DNS server could not look up a.test (SERVFAIL).";
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> ask(resolver, "a.test").resolution().state() == Resolution.State.STALE);
      clock.advance(Duration.ofSeconds(8));
      assertThat(ask(resolver, "a.test"))
          .isEqualTo(
              new Answer(
                  Resolution.stale(why, Duration.ofSeconds(38)),
                  List.of(InetAddress.ofLiteral("192.0.2.1"))));
    }
  }

  @Test
  void aNameThatAServerDeniesIsNotPingedAnyMoreEvenWhenServersFailLater() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedDns dns =
        new ScriptedDns(q ->
            switch (asked.getAndIncrement()) {
              case 0 -> Optional.of(one(q, 5));
              case 1 -> Optional.of(ScriptedDns.reply(q, Rcode.NXDOMAIN));
              default -> Optional.of(ScriptedDns.reply(q, Rcode.REFUSED));
            })) {
      DnsNameResolver resolver = resolver(dns);
      ask(resolver, "a.test");
      clock.advance(Duration.ofMinutes(1));
      assertThat(ask(resolver, "a.test").resolution())
          .isEqualTo(Resolution.failed("There is no DNS name a.test (NXDOMAIN)."));
      clock.advance(Duration.ofMinutes(1));
      assertThat(ask(resolver, "a.test").resolution())
          .isEqualTo(Resolution.failed("The DNS server could not look up a.test (REFUSED)."));
    }
  }

  @Test
  void aDeadFirstServerIsPassedOverAndNotAskedFirstAgain() throws Exception {
    int port = Dnsmasq.freePort();
    try (ScriptedDns dead = new ScriptedDns("127.0.0.9", port, q -> Optional.empty());
        ScriptedDns alive = new ScriptedDns("127.0.0.1", port, q -> Optional.of(one(q, 60)))) {
      DnsNameResolver resolver =
          resolver(
              port, "nameserver 127.0.0.9", "nameserver 127.0.0.1", "options timeout:5 attempts:1");
      assertThat(texts(ask(resolver, "a.test"))).containsExactly("192.0.2.1");
      assertThat(texts(ask(resolver, "b.test"))).containsExactly("192.0.2.1");
      assertThat(dead.questions()).isEqualTo(1);
      assertThat(alive.questions()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatRefusesEdnsIsUnderstood() throws Exception {
    try (ScriptedDns old =
        new ScriptedDns(q ->
            Optional.of(q.getOPT() == null ? one(q, 60) : ScriptedDns.reply(q, Rcode.FORMERR)))) {
      assertThat(texts(ask(resolver(old), "a.test"))).containsExactly("192.0.2.1");
    }
  }

  @Test
  void aServerWithAnIpv6AddressIsAsked() throws Exception {
    try (ScriptedDns dns =
        new ScriptedDns("::1", Dnsmasq.freePort(), q -> Optional.of(one(q, 60)))) {
      assertThat(texts(ask(resolver(dns.port(), "nameserver ::1"), "a.test")))
          .containsExactly("192.0.2.1");
    }
  }

  @Test
  void anAnswerThatFlipsEachTimeDoesNotMoveTheFirstAddressMoreThanOnce() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedDns dns =
        new ScriptedDns(q ->
            Optional.of(
                ScriptedDns.addresses(
                    q, 0, List.of("192.0.2." + (asked.getAndIncrement() % 2 + 1)))))) {
      DnsNameResolver resolver = resolver(dns);
      List<String> firsts = new ArrayList<>();
      for (int round = 1; round <= 20; round++) {
        int before = dns.questions();
        // An answer may come only after the clock's step, which makes it fresh for another one.
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> {
              clock.advance(Duration.ofSeconds(30));
              look(resolver, "a.test");
              return dns.questions() > before;
            });
        firsts.add(texts(ask(resolver, "a.test")).getFirst());
      }
      long moves =
          IntStream.range(1, firsts.size())
              .filter(i -> !firsts.get(i).equals(firsts.get(i - 1)))
              .count();
      assertThat(moves).as("of %s", firsts).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void noMoreThan256QuestionsAreOnTheirWay() throws Exception {
    try (ScriptedDns silent = new ScriptedDns(q -> Optional.empty())) {
      DnsNameResolver resolver = resolver(silent);
      AtomicInteger ended = new AtomicInteger();
      for (int i = 0; i < 600; i++) {
        resolver.resolve("name-" + i + ".test", IpFamilies.IPV4, answer -> ended.incrementAndGet());
      }
      await().until(() -> silent.questions() >= 256);
      look(resolver, "behind");
      // Each that has timed out meanwhile makes room for another one.
      int asked = silent.questions();
      assertThat(asked).isBetween(256, 256 + ended.get());
    }
  }
}
