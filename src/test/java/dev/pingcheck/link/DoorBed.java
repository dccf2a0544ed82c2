package dev.pingcheck.link;

import dev.pingcheck.clock.Clock;
import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.operator.trust.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** An operator with a door on the network, on loopback, and probes that dial it. */
final class DoorBed implements AutoCloseable {
  /** A report and where it came from. */
  record Handled(Placement from, String probe, long number) {}

  private final AtomicInteger pods = new AtomicInteger();
  final FakeClock clock = new FakeClock();
  final PlanBook book = new PlanBook();
  final TestAuthority authority = new TestAuthority();
  final List<Handled> handled = Collections.synchronizedList(new ArrayList<>());
  final List<Credentials> examined = Collections.synchronizedList(new ArrayList<>());
  final List<RefusalReason> refused = Collections.synchronizedList(new ArrayList<>());
  final LinkServer server;
  volatile ServingIdentity identity = authority.issue("localhost");

  /** Lets everybody in for an hour until a test decides otherwise. */
  volatile ProbeAuthenticator authenticator = shown -> answer(admitted(Duration.ofHours(1)));

  DoorLimits limits = DoorLimits.defaults();
  private final Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private int port;

  DoorBed(Path folder) throws IOException {
    this.folder = folder;
    book.put(Samples.plan(1));
    book.complete();
    TestAuthority.writeTo(caFile(), authority);
    writeToken("token-1");
    server =
        new LinkServer(
            socket(),
            book,
            (from, report, safe) -> {
              handled.add(new Handled(from, report.id().probe(), report.id().number()));
              safe.run();
            },
            clock);
    server.start();
  }

  Path socket() {
    return folder.resolve("link.sock");
  }

  Path caFile() {
    return folder.resolve("ca.crt");
  }

  Path tokenFile() {
    return folder.resolve("token");
  }

  void writeToken(String token) {
    try {
      Files.writeString(tokenFile(), token + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For tests of long stays. */
  static DoorLimits withoutReviews() {
    DoorLimits usual = DoorLimits.defaults();
    return new DoorLimits(
        usual.connections(),
        usual.strangers(),
        usual.patience(),
        usual.perSecond(),
        usual.longestStay(),
        usual.longestStay().multipliedBy(2));
  }

  static CompletableFuture<Admission> answer(Admission admission) {
    return CompletableFuture.completedFuture(admission);
  }

  /** A central probe, in a pod that has not come before. */
  Admission admitted(Duration stay) {
    String pod = "pod-" + pods.incrementAndGet();
    return new Admission.Admitted(new Placement.Central(pod), clock.now().plus(stay));
  }

  /** Opens the door, always at the same port. */
  NetworkDoor open() throws IOException {
    NetworkDoor door =
        server.open(
            new NetworkDoor.Settings(
                port,
                () -> identity,
                shown -> {
                  examined.add(shown);
                  return authenticator.examine(shown);
                },
                refused::add,
                limits));
    port = door.port();
    return door;
  }

  int port() {
    return port;
  }

  OperatorAddress.Remote address() {
    return new OperatorAddress.Remote(
        "localhost", port, caFile(), tokenFile(), ProbeRole.NODE, Optional.of("node-a"));
  }

  LinkClient probe(String name) {
    return probe(name, address(), new RecordingListener());
  }

  /** One that waits two minutes for its last reports to be taken. */
  LinkClient patientProbe(String name) {
    return keep(
        new LinkClient(
            address(),
            name,
            new RecordingListener(),
            Clock.system(),
            quick(Duration.ofMinutes(2))));
  }

  LinkClient probe(String name, OperatorAddress address, PlanListener listener) {
    return keep(
        new LinkClient(address, name, listener, Clock.system(), quick(Duration.ofSeconds(1))));
  }

  private static LinkClientLimits quick(Duration farewell) {
    LinkClientLimits usual = LinkClientLimits.defaults();
    return new LinkClientLimits(
        usual.reports(),
        usual.reportBytes(),
        usual.inFlight(),
        new LinkClientLimits.Backoff(Duration.ofMillis(20), Duration.ofMillis(200)),
        usual.orphanedFor(),
        farewell);
  }

  LinkClient keep(LinkClient client) {
    opened.add(client);
    client.start();
    return client;
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    server.close();
  }
}
