package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.resolve.AnswerCache.Asked;
import dev.pingcheck.resolve.NameResolver.Answer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Looks names up: in the hosts file, then by DNS, and where no server answers among the addresses
 * last known. Reads files and opens sockets, so it belongs to a thread that may wait; that one
 * thread alone.
 */
final class NameLookup {
  /** The longest that a lookup takes. */
  static final Duration TOTAL = Duration.ofSeconds(5);

  /** Less than the total, so that one silent family does not hide the answer for the other. */
  private static final Duration QUESTION = Duration.ofMillis(4500);

  /** What host names are made of (RFC 1123), and the underscore that some carry all the same. */
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

  private static final int MAX_NAMES = 32_768;

  /** No longer than the longest time to live is of use. */
  private static final Duration IDLE_QUESTION = Duration.ofMinutes(10);

  /** The longest period of a check is a day. */
  private static final Duration IDLE_NAME = Duration.ofHours(25);

  private final ResolverFiles files;
  private final WatchedFile<ResolvConf> resolvConf;
  private final WatchedFile<HostsFile> hosts;
  private final DnsCache<Question> cache;
  private final DnsServers servers;
  private final SteadyAnswers steady;
  private final AnswerComposer composer;
  private final Clock clock;
  private final AnswerCache answers;
  private ResolvConf seenConf = ResolvConf.parse(List.of());
  private HostsFile seenHosts = HostsFile.parse(List.of());

  NameLookup(ResolverFiles files, Clock clock) {
    this.files = files;
    this.clock = clock;
    answers = new AnswerCache(clock, MAX_NAMES, IDLE_QUESTION);
    resolvConf = new WatchedFile<>(files.resolvConf(), ResolvConf::parse);
    hosts = new WatchedFile<>(files.hosts(), HostsFile::parse);
    cache = new DnsCache<>(clock, MAX_NAMES, IDLE_QUESTION);
    AddressPreference preference = new AddressPreference();
    steady = new SteadyAnswers(clock, preference, MAX_NAMES, IDLE_NAME);
    composer = new AnswerComposer(clock, preference, MAX_NAMES, IDLE_NAME);
    servers = new DnsServers(files.port(), QUESTION);
  }

  /** The answers that were found; may be asked by any thread. */
  AnswerCache answers() {
    return answers;
  }

  /**
   * Never throws and never completes exceptionally.
   *
   * @param goodAt the monotonic time at which the answer must still be good
   */
  CompletableFuture<Answer> answer(Asked asked, long goodAt) {
    try {
      lookAtFiles();
      List<InetAddress> fixed = fixed(asked);
      if (!fixed.isEmpty()) {
        Answer answer = composer.ofFixed(asked, fixed);
        answers.keep(asked, answer, answers.epoch(), goodUntil(answer, after(Duration.ofHours(1))));
        return CompletableFuture.completedFuture(answer);
      }
      return search(asked, goodAt).exceptionally(broken -> broken(asked.hostname(), broken));
    } catch (RuntimeException broken) {
      return CompletableFuture.completedFuture(broken(asked.hostname(), broken));
    }
  }

  /** Once a second: notices changed files, and forgets what nobody asks for any more. */
  void tidy() {
    lookAtFiles();
    answers.forgetIdle();
    cache.forgetIdle();
    steady.forgetIdle();
    composer.forgetIdle();
  }

  /** Answers that other files would not give are not good: other servers may know other names. */
  private void lookAtFiles() {
    ResolvConf conf = resolvConf.current();
    HostsFile fixed = hosts.current();
    if (!conf.equals(seenConf)) {
      seenConf = conf;
      cache.clear();
      answers.expire();
    }
    if (!fixed.equals(seenHosts)) {
      seenHosts = fixed;
      answers.expire();
    }
  }

  private List<InetAddress> fixed(Asked asked) {
    String name = asked.hostname();
    List<Family> wanted = Family.of(asked.families());
    return seenHosts
        .addresses(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
        .stream()
        .filter(address -> wanted.contains(Family.of(address)))
        .toList();
  }

  private CompletableFuture<Answer> search(Asked asked, long goodAt) {
    long epoch = answers.epoch();
    AtomicLong until = new AtomicLong(after(Duration.ofHours(1)));
    return search(asked, goodAt, until)
        .thenApply(results -> {
          Answer answer = composer.of(asked, results);
          if (NameSearch.failure(results).isPresent()) {
            until.accumulateAndGet(after(TimeToLive.FAILURE), Math::min);
          }
          answers.keep(asked, answer, epoch, goodUntil(answer, until.get()));
          return answer;
        });
  }

  private long after(Duration time) {
    return clock.nanoTime() + time.toNanos();
  }

  /** A choice between several addresses depends on the routes. */
  private long goodUntil(Answer answer, long until) {
    return answer.addresses().size() > 1 ? Math.min(until, after(TimeToLive.ROUTES)) : until;
  }

  /**
   * Asks the cache or the servers.
   *
   * @param until is lowered to the time until which all that was asked is good
   */
  private CompletableFuture<Map<Family, Lookup>> search(
      Asked asked, long goodAt, AtomicLong until) {
    String hostname = asked.hostname();
    List<Family> wanted = Family.of(asked.families());
    ResolvConf conf = seenConf;
    List<Name> candidates =
        LETTERS.matcher(hostname).matches() ? names(conf.candidates(hostname)) : List.of();
    if (candidates.isEmpty()) {
      return all(wanted, new Lookup.Failed(hostname + " is no valid DNS name.", true));
    }
    if (conf.servers().isEmpty()) {
      return all(
          wanted,
          new Lookup.Failed(
              "No DNS server is configured in "
                  + files.resolvConf()
                  + ", so "
                  + hostname
                  + " cannot be looked up.",
              true));
    }
    Map<Family, Lookup> late = new EnumMap<>(Family.class);
    wanted.forEach(f -> late.put(f, DnsServers.unanswered(candidates.getFirst(), conf)));
    return new NameSearch(
            candidates,
            wanted,
            (name, family) -> {
              Question question = new Question(name, family);
              return cache
                  .get(question, goodAt, () -> ask(question, conf))
                  .whenComplete((lookup, broken) ->
                      until.accumulateAndGet(cache.validUntil(question), Math::min));
            })
        .run()
        .copy()
        .completeOnTimeout(late, TOTAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Lookup> ask(Question question, ResolvConf conf) {
    return servers
        .ask(question.name(), question.family(), conf)
        .thenApply(lookup -> steady.settle(question, lookup))
        .exceptionally(broken -> new Lookup.Failed(sentence(question.name(), broken), false));
  }

  private static CompletableFuture<Map<Family, Lookup>> all(List<Family> wanted, Lookup lookup) {
    Map<Family, Lookup> results = new EnumMap<>(Family.class);
    wanted.forEach(family -> results.put(family, lookup));
    return CompletableFuture.completedFuture(results);
  }

  private static List<Name> names(List<String> candidates) {
    List<Name> names = new ArrayList<>();
    for (String candidate : candidates) {
      try {
        names.add(Name.fromString(candidate.toLowerCase(Locale.ROOT), Name.root));
      } catch (TextParseException tooLongOrMalformed) {
        // A long name may be valid alone but not in a search domain.
      }
    }
    return names;
  }

  private static Answer broken(String hostname, Throwable why) {
    return DnsNameResolver.failed(sentence(hostname, why));
  }

  private static String sentence(Object name, Throwable why) {
    return "The resolver failed on " + name + ": " + why.getMessage() + ".";
  }
}
