package dev.pingcheck.resolve;

import dev.pingcheck.plan.ProbePlan.IpFamilies;
import dev.pingcheck.stats.Resolution;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Turns names into addresses. */
public interface NameResolver extends AutoCloseable {

  /**
   * Looks a name up; callback is called exactly once, on any thread, possibly before this method
   * returns (literals, cache). Never throws for what a name is.
   */
  void resolve(String hostname, IpFamilies families, Consumer<Answer> callback);

  /**
   * Announces that a name will be asked for: it is looked up now unless what is known of it will
   * still be good then. Returns at once.
   *
   * @param ahead from now to the time at which it will be asked for
   */
  default void prepare(String hostname, IpFamilies families, Duration ahead) {}

  @Override
  void close();

  /**
   * What became of a name.
   *
   * @param resolution how it went; its detail is one clear sentence
   * @param addresses in order of preference, filtered by families; empty exactly when
   *     resolution.state() is FAILED
   */
  record Answer(Resolution resolution, List<InetAddress> addresses) {}
}
