package dev.pingcheck.resolve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks the servers of a resolv.conf one after the other, beginning with the one that answered last,
 * until one gives an answer. The number of questions on their way is bounded; others wait.
 *
 * <p>Thread safe.
 */
final class DnsServers {
  private static final int MAX_IN_FLIGHT = 256;
  private static final int MAX_WAITING = 20_000;
  private static final int MAX_ALIASES = 8;

  private final int port;
  private final Duration budget;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int inFlight;
  private boolean pumping;
  private volatile int preferred;

  /**
   * @param budget how long all servers together may take for one question
   */
  DnsServers(int port, Duration budget) {
    this.port = port;
    this.budget = budget;
  }

  /** Looks the addresses of one family of a full name up; never completes exceptionally. */
  CompletableFuture<Lookup> ask(Name name, Family family, ResolvConf conf) {
    CompletableFuture<Lookup> result = new CompletableFuture<>();
    Runnable start =
        () ->
            follow(name, family, conf, 0)
                .whenComplete((lookup, broken) -> {
                  release();
                  result.complete(broken == null ? lookup : unanswered(name, conf));
                });
    admit(start, result);
    return result;
  }

  private void admit(Runnable start, CompletableFuture<Lookup> result) {
    boolean tooMany;
    synchronized (this) {
      tooMany = waiting.size() >= MAX_WAITING;
      if (!tooMany) {
        waiting.add(start);
      }
    }
    if (tooMany) {
      result.complete(new Lookup.Failed("Too many names are being looked up at once.", true));
    }
    pump();
  }

  private void release() {
    synchronized (this) {
      inFlight--;
    }
    pump();
  }

  /** A loop and no recursion: questions that fail at once would fill the stack. */
  private void pump() {
    synchronized (this) {
      if (pumping) {
        return;
      }
      pumping = true;
    }
    for (Optional<Runnable> next = admitted(); next.isPresent(); next = admitted()) {
      next.get().run();
    }
  }

  private synchronized Optional<Runnable> admitted() {
    if (inFlight >= MAX_IN_FLIGHT || waiting.isEmpty()) {
      pumping = false;
      return Optional.empty();
    }
    inFlight++;
    return Optional.of(waiting.remove());
  }

  /** A server that does not follow aliases to their end is asked for the end itself. */
  private CompletableFuture<Lookup> follow(
      Name name, Family family, ResolvConf conf, int aliasesSoFar) {
    return tryFrom(Record.newRecord(name, family.recordType(), DClass.IN), conf, 0)
        .thenCompose(message ->
            switch (AnswerSection.read(message, name, family)) {
              case AnswerSection.Result.Done(Lookup lookup) ->
                  CompletableFuture.completedFuture(lookup);
              case AnswerSection.Result.Alias(Name target, Duration ttl) ->
                  aliasesSoFar < MAX_ALIASES
                      ? follow(target, family, conf, aliasesSoFar + 1)
                          .thenApply(lookup -> AnswerSection.noLonger(lookup, ttl))
                      : CompletableFuture.completedFuture(
                          new Lookup.Failed(plain(name) + " is an alias without end.", false));
            });
  }

  private CompletableFuture<Message> tryFrom(Record question, ResolvConf conf, int tries) {
    List<InetAddress> servers = conf.servers();
    int index = (preferred + tries) % servers.size();
    boolean last = tries + 1 >= servers.size() * conf.attempts();
    return send(servers.get(index), question, conf)
        .handle((message, broken) -> {
          if (broken == null && (last || isAnswer(message))) {
            preferred = isAnswer(message) ? index : preferred;
            return CompletableFuture.completedFuture(message);
          }
          return last
              ? CompletableFuture.<Message>failedFuture(broken)
              : tryFrom(question, conf, tries + 1);
        })
        .thenCompose(next -> next);
  }

  private CompletableFuture<Message> send(InetAddress server, Record question, ResolvConf conf) {
    SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(server, port));
    resolver.setTimeout(conf.timeoutWithin(budget));
    // Some old servers refuse EDNS; an answer that is too long for UDP comes over TCP.
    resolver.setEDNS((OPTRecord) null);
    try {
      return resolver.sendAsync(Message.newQuery(question), Runnable::run).toCompletableFuture();
    } catch (RuntimeException broken) {
      return CompletableFuture.failedFuture(new CompletionException(new IOException(broken)));
    }
  }

  private static boolean isAnswer(Message message) {
    return message.getRcode() == Rcode.NOERROR || message.getRcode() == Rcode.NXDOMAIN;
  }

  /** The failure when no server has said anything in time. */
  static Lookup.Failed unanswered(Name name, ResolvConf conf) {
    String servers =
        conf.servers().stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    return new Lookup.Failed(
        "No DNS server answered in time for " + plain(name) + " (asked " + servers + ").", true);
  }

  static String plain(Name name) {
    return name.toString(true);
  }
}
