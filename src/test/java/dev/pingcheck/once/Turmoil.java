package dev.pingcheck.once;

import dev.pingcheck.kube.ApiServer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Does one thing after the other to two replicas and their API server, at random, and heals each in
 * time. A thread of its own, until it is ended; then all is whole again.
 */
final class Turmoil implements AutoCloseable {
  private static final int LONGEST_CALM_MILLIS = 4000;

  /** Beyond the lease: somebody else leads by then. */
  private static final int LONG_MILLIS = 13_000;

  /** What is done, each as often as its weight. */
  enum Deed {
    KILL_THE_LEADER(6),
    TERMINATE_THE_LEADER(2),
    PAUSE_THE_LEADER(2),
    KILL_A_PROBE(4),
    KILL_THE_API_SERVER(2),
    KILL_ETCD(2);

    private final int weight;

    Deed(int weight) {
      this.weight = weight;
    }
  }

  private record Healing(long at, Runnable task) {}

  private final ApiServer api;
  private final List<Replica> replicas;
  private final Runnable[] probeStarts;
  private final RandomGenerator random;
  private final Map<Deed, Integer> done = new EnumMap<>(Deed.class);
  private final PriorityQueue<Healing> healings =
      new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
  private final Thread thread = new Thread(this::run, "turmoil");
  private volatile boolean ending;
  private volatile Optional<Throwable> fault = Optional.empty();

  /**
   * @param probeStarts how the probe of each replica is started
   */
  Turmoil(
      ApiServer api, List<Replica> replicas, List<Runnable> probeStarts, RandomGenerator random) {
    this.api = api;
    this.replicas = replicas;
    this.probeStarts = probeStarts.toArray(Runnable[]::new);
    this.random = random;
  }

  void start() {
    thread.start();
  }

  synchronized Map<Deed, Integer> done() {
    return new EnumMap<>(done);
  }

  private void run() {
    try {
      while (!ending) {
        act(pick());
        long until = System.nanoTime() + millis(random.nextInt(LONGEST_CALM_MILLIS));
        while (!ending && System.nanoTime() < until) {
          heal(System.nanoTime());
          Thread.sleep(20);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      fault = Optional.of(e);
    } finally {
      heal(Long.MAX_VALUE);
    }
  }

  private void heal(long now) {
    while (!healings.isEmpty() && healings.peek().at <= now) {
      healings.poll().task.run();
    }
  }

  private Deed pick() {
    int sum = 0;
    for (Deed deed : Deed.values()) {
      sum += deed.weight;
    }
    int ticket = random.nextInt(sum);
    for (Deed deed : Deed.values()) {
      ticket -= deed.weight;
      if (ticket < 0) {
        return deed;
      }
    }
    throw new IllegalStateException("unreachable");
  }

  private void act(Deed deed) {
    boolean acted =
        switch (deed) {
          case KILL_THE_LEADER -> toTheLeader(r -> endOperator(r, true));
          case TERMINATE_THE_LEADER -> toTheLeader(r -> endOperator(r, false));
          case PAUSE_THE_LEADER -> toTheLeader(this::pause);
          case KILL_A_PROBE -> {
            int which = random.nextInt(replicas.size());
            if (!replicas.get(which).probe().isAlive()) {
              yield false; // it is started again soon: two of them would see a change one by one
            }
            Processes.kill(replicas.get(which).probe());
            after(random.nextInt(1000), probeStarts[which]);
            yield true;
          }
          case KILL_THE_API_SERVER -> restart("kube-apiserver");
          case KILL_ETCD -> restart("etcd");
        };
    if (acted) {
      synchronized (this) {
        done.merge(deed, 1, Integer::sum);
      }
    }
  }

  private boolean toTheLeader(java.util.function.Consumer<Replica> deed) {
    Optional<Replica> leader =
        replicas.stream().filter(r -> r.operator().isAlive()).filter(Replica::leads).findFirst();
    leader.ifPresent(deed);
    return leader.isPresent();
  }

  private void endOperator(Replica leader, boolean hard) {
    if (hard) {
      Processes.kill(leader.operator());
    } else {
      Processes.terminate(leader.operator());
    }
    after(random.nextBoolean() ? random.nextInt(2000) : LONG_MILLIS, leader::startOperator);
  }

  private void pause(Replica leader) {
    Process sleeper = leader.operator();
    Processes.pause(sleeper);
    after(LONG_MILLIS, () -> Processes.resume(sleeper));
  }

  private boolean restart(String part) {
    api.kill(part);
    api.start();
    return true;
  }

  private void after(int millis, Runnable task) {
    healings.add(new Healing(System.nanoTime() + millis(millis), task));
  }

  private static long millis(int millis) {
    return millis * 1_000_000L;
  }

  /**
   * Ends it, and starts again what is down.
   *
   * @throws IllegalStateException if it could not go on before
   */
  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    fault.ifPresent(e -> {
      throw new IllegalStateException("the turmoil could not go on: " + e.getMessage(), e);
    });
  }
}
