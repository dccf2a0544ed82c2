package dev.pingcheck.resolve;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.stats.Resolution;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * Resolves as the machine's own files say: literals, the hosts file, then DNS. Answers are kept as
 * long as their time to live says (one second to one hour). When no server answers, the last known
 * addresses are given with their age; that a name or an address does not exist is an answer.
 *
 * <p>{@code ANY} is the family of the address that RFC 6724 prefers, so a host without IPv6 route
 * gets IPv4. If only one family of a name could be looked up and the other was never known, the one
 * is the answer.
 */
public final class DnsNameResolver implements NameResolver {
  /** The longest that a lookup takes. */
  static final Duration TOTAL = Duration.ofSeconds(5);

  /** Less than the total, so that one silent family does not hide the answer for the other. */
  private static final Duration QUESTION = Duration.ofMillis(4500);

  /** What host names are made of (RFC 1123), and the underscore that some carry all the same. */
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?");

  private static final int MAX_CACHED = 32_768;

  private final ResolverFiles files;
  private final WatchedFile<ResolvConf> resolvConf;
  private final WatchedFile<HostsFile> hosts;
  private final DnsCache<Question> cache;
  private final LastKnown lastKnown;
  private final DnsServers servers;
  private final AddressPreference preference = new AddressPreference();
  private volatile ResolvConf seen = ResolvConf.parse(List.of());
  private volatile boolean closed;

  private record Question(Name name, Family family) {}

  public DnsNameResolver(ResolverFiles files, Clock clock) {
    this.files = files;
    this.resolvConf = new WatchedFile<>(files.resolvConf(), ResolvConf::parse);
    this.hosts = new WatchedFile<>(files.hosts(), HostsFile::parse);
    this.cache = new DnsCache<>(clock, MAX_CACHED);
    this.lastKnown = new LastKnown(clock);
    this.servers = new DnsServers(files.port(), QUESTION);
  }

  @Override
  public void resolve(String hostname, IpFamilies families, Consumer<Answer> callback) {
    if (closed) {
      callback.accept(failed("The resolver was closed."));
      return;
    }
    Optional<InetAddress> literal = Literals.parse(hostname);
    if (literal.isPresent()) {
      callback.accept(literal(literal.get(), families));
      return;
    }
    List<InetAddress> fixed = hosts(hostname, families);
    if (!fixed.isEmpty()) {
      callback.accept(new Answer(Resolution.resolved(), oneFamily(fixed, families)));
      return;
    }
    search(hostname, families)
        .thenAccept(results -> callback.accept(answer(hostname, families, results)));
  }

  private static Answer literal(InetAddress address, IpFamilies families) {
    for (Family family : Family.of(families)) {
      if (family == Family.of(address)) {
        return new Answer(Resolution.literal(), List.of(address));
      }
    }
    return failed(
        address.getHostAddress()
            + " is no "
            + Family.of(families).getFirst().label()
            + " address.");
  }

  private List<InetAddress> hosts(String hostname, IpFamilies families) {
    String name = hostname.endsWith(".") ? hostname.substring(0, hostname.length() - 1) : hostname;
    List<Family> wanted = Family.of(families);
    return hosts.current().addresses(name).stream()
        .filter(address -> wanted.contains(Family.of(address)))
        .toList();
  }

  private CompletableFuture<Map<Family, Lookup>> search(String hostname, IpFamilies families) {
    ResolvConf conf = currentConf();
    List<Family> wanted = Family.of(families);
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
            (name, family) ->
                cache.get(new Question(name, family), () -> servers.ask(name, family, conf)))
        .run()
        .copy()
        .completeOnTimeout(late, TOTAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static CompletableFuture<Map<Family, Lookup>> all(List<Family> wanted, Lookup lookup) {
    Map<Family, Lookup> results = new EnumMap<>(Family.class);
    wanted.forEach(family -> results.put(family, lookup));
    return CompletableFuture.completedFuture(results);
  }

  /** Other servers may know other names. */
  private ResolvConf currentConf() {
    ResolvConf now = resolvConf.current();
    if (!now.equals(seen)) {
      seen = now;
      cache.clear();
    }
    return now;
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

  private Answer answer(String hostname, IpFamilies families, Map<Family, Lookup> results) {
    String key = hostname.toLowerCase(Locale.ROOT);
    List<InetAddress> addresses = new ArrayList<>();
    Map<Family, Duration> stale = new EnumMap<>(Family.class);
    results.forEach((family, lookup) -> {
      switch (lookup) {
        case Lookup.Found(var found, var ttl) -> {
          lastKnown.found(key, family, found);
          addresses.addAll(found);
        }
        case Lookup.Failed failed ->
            lastKnown
                .get(key, family)
                .ifPresent(known -> {
                  stale.put(family, known.age());
                  addresses.addAll(known.addresses());
                });
        case Lookup.NoAddress none -> lastKnown.none(key, family);
        case Lookup.NoSuchName none -> lastKnown.none(key, family);
      }
    });
    if (addresses.isEmpty()) {
      return failed(whyNone(hostname, families, results));
    }
    List<InetAddress> preferred = oneFamily(addresses, families);
    return new Answer(resolution(preferred, stale, results), preferred);
  }

  private static Resolution resolution(
      List<InetAddress> used, Map<Family, Duration> stale, Map<Family, Lookup> results) {
    Set<Family> families = new HashSet<>();
    used.forEach(address -> families.add(Family.of(address)));
    stale.keySet().retainAll(families);
    return stale.values().stream()
        .max(Duration::compareTo)
        .flatMap(
            age -> NameSearch.failure(results).map(why -> Resolution.stale(why.sentence(), age)))
        .orElseGet(Resolution::resolved);
  }

  private List<InetAddress> oneFamily(List<InetAddress> addresses, IpFamilies families) {
    List<InetAddress> sorted = preference.sort(addresses);
    return families == IpFamilies.ANY
        ? sorted.stream().filter(a -> Family.of(a) == Family.of(sorted.getFirst())).toList()
        : sorted;
  }

  private static String whyNone(String hostname, IpFamilies families, Map<Family, Lookup> results) {
    Optional<Lookup.Failed> failure = NameSearch.failure(results);
    if (failure.isPresent()) {
      return failure.get().sentence();
    }
    if (results.values().stream().allMatch(Lookup.NoSuchName.class::isInstance)) {
      return "There is no DNS name " + hostname + " (NXDOMAIN).";
    }
    List<Family> wanted = Family.of(families);
    return hostname
        + " has no "
        + (wanted.size() == 1 ? wanted.getFirst().label() + " " : "")
        + "address.";
  }

  private static Answer failed(String sentence) {
    return new Answer(Resolution.failed(sentence), List.of());
  }

  /** Answers no more questions; those on their way still end within their time. */
  @Override
  public void close() {
    closed = true;
  }
}
