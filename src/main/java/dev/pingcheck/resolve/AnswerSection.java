package dev.pingcheck.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** Reads a server's message: aliases are followed, the shortest time to live on the way counts. */
final class AnswerSection {
  private static final int MAX_ALIASES = 16;
  private static final int MAX_ADDRESSES = 256;

  private AnswerSection() {}

  /** What a message says. */
  sealed interface Result {
    record Done(Lookup lookup) implements Result {}

    /** The name is an alias of one that the message says nothing about. */
    record Alias(Name target, Duration ttl) implements Result {}
  }

  static Result read(Message message, Name name, Family family) {
    int rcode = message.getRcode();
    if (rcode == Rcode.NXDOMAIN) {
      return new Result.Done(new Lookup.NoSuchName(negativeTtl(message)));
    }
    if (rcode != Rcode.NOERROR) {
      return new Result.Done(
          new Lookup.Failed(
              "The DNS server could not look up "
                  + DnsServers.plain(name)
                  + " ("
                  + Rcode.string(rcode)
                  + ").",
              false));
    }
    return followAliases(message, name, family);
  }

  private static Result followAliases(Message message, Name name, Family family) {
    List<Record> answers = message.getSection(Section.ANSWER);
    Duration ttl = TimeToLive.CEILING;
    Name current = name;
    for (int hop = 0; hop < MAX_ALIASES; hop++) {
      List<InetAddress> addresses = new ArrayList<>();
      Name next = null;
      for (Record answer : answers) {
        if (!answer.getName().equals(current)) {
          continue;
        }
        if (answer.getType() == family.recordType()) {
          ttl = TimeToLive.shorter(ttl, Duration.ofSeconds(answer.getTTL()));
          addresses.add(address(answer));
        } else if (answer instanceof CNAMERecord alias) {
          ttl = TimeToLive.shorter(ttl, Duration.ofSeconds(answer.getTTL()));
          next = alias.getTarget();
        }
      }
      if (!addresses.isEmpty()) {
        return new Result.Done(
            new Lookup.Found(some(addresses), TimeToLive.longer(ttl, TimeToLive.FLOOR)));
      }
      if (next == null) {
        return current.equals(name) || hasSoa(message)
            ? new Result.Done(new Lookup.NoAddress(negativeTtl(message)))
            : new Result.Alias(current, TimeToLive.longer(ttl, TimeToLive.FLOOR));
      }
      current = next;
    }
    return new Result.Done(
        new Lookup.Failed(DnsServers.plain(name) + " is an alias without end.", false));
  }

  /** Of very many always the same ones, in whatever order they come. */
  private static List<InetAddress> some(List<InetAddress> addresses) {
    return addresses.size() <= MAX_ADDRESSES
        ? addresses
        : addresses.stream()
            .sorted(Comparator.comparing(InetAddress::getAddress, Arrays::compareUnsigned))
            .limit(MAX_ADDRESSES)
            .toList();
  }

  private static InetAddress address(Record answer) {
    return answer instanceof ARecord four ? four.getAddress() : ((AAAARecord) answer).getAddress();
  }

  private static boolean hasSoa(Message message) {
    return message.getSection(Section.AUTHORITY).stream().anyMatch(SOARecord.class::isInstance);
  }

  /** RFC 2308 section 5, but never long: a name that was just made should be found soon. */
  private static Duration negativeTtl(Message message) {
    Duration ttl = TimeToLive.NEGATIVE_CEILING;
    for (Record authority : message.getSection(Section.AUTHORITY)) {
      if (authority instanceof SOARecord soa) {
        ttl = TimeToLive.shorter(ttl, Duration.ofSeconds(Math.min(soa.getTTL(), soa.getMinimum())));
      }
    }
    return TimeToLive.longer(ttl, TimeToLive.FLOOR);
  }

  /** The same, but not kept longer than the alias that led to it. */
  static Lookup noLonger(Lookup lookup, Duration ttl) {
    return switch (lookup) {
      case Lookup.Found(var addresses, var own, var at) ->
          new Lookup.Found(addresses, TimeToLive.shorter(own, ttl));
      case Lookup.NoSuchName(var own) -> new Lookup.NoSuchName(TimeToLive.shorter(own, ttl));
      case Lookup.NoAddress(var own) -> new Lookup.NoAddress(TimeToLive.shorter(own, ttl));
      case Lookup.Failed failed -> failed;
    };
  }
}
