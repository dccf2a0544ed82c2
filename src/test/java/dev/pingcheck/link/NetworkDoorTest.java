package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pingcheck.operator.trust.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in by the network, over real sockets on loopback, and who is not talked to. */
class NetworkDoorTest {
  @TempDir Path folder;
  private DoorBed bed;

  @BeforeEach
  void makeBed() throws IOException {
    bed = new DoorBed(folder);
  }

  @AfterEach
  void clear() throws Exception {
    bed.close();
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  @Test
  void aProbeThatIsLetInGetsPlansAndItsReportsSayWhereItStands() throws Exception {
    bed.open();
    RecordingListener plans = new RecordingListener();
    LinkClient probe = bed.probe("aaaaaaaa", bed.address(), plans);
    probe.report(Samples.report("aaaaaaaa", 1));

    await().until(() -> bed.handled.size() == 1 && plans.snapshots() == 1);

    assertThat(bed.handled)
        .containsExactly(new DoorBed.Handled(new Placement.Central("pod-1"), "aaaaaaaa", 1));
    assertThat(plans.plans()).containsExactly(Samples.plan(1));
    assertThat(bed.examined)
        .containsExactly(
            new Credentials("token-1", ProbeRole.NODE, Optional.of("node-a"), "127.0.0.1"));
    assertThat(bed.refused).isEmpty();
  }

  @Test
  void anAddressInPlaceOfANameIsDialledAndMustBeInTheCertificate() throws Exception {
    bed.identity = bed.authority.issue("127.0.0.1");
    bed.open();
    OperatorAddress there =
        new OperatorAddress.Remote(
            "127.0.0.1",
            bed.port(),
            bed.caFile(),
            bed.tokenFile(),
            ProbeRole.CENTRAL,
            Optional.empty());
    LinkClient probe = bed.probe("aaaaaaaa", there, new RecordingListener());
    await().until(probe::connected);
    assertThat(bed.examined)
        .containsExactly(
            new Credentials("token-1", ProbeRole.CENTRAL, Optional.empty(), "127.0.0.1"));
  }

  @Test
  void anIpv6AddressIsDialledAsSuch() {
    OperatorAddress.Remote there =
        new OperatorAddress.Remote(
            "::1", 1, bed.caFile(), bed.tokenFile(), ProbeRole.NODE, Optional.empty());
    assertThat(there).hasToString("[::1]:1");
    LinkClient probe = bed.probe("aaaaaaaa", there, new RecordingListener());
    await()
        .until(
            () -> !probe.lastFailure().isEmpty() && !probe.lastFailure().contains("no address of"));
    assertThat(probe.lastFailure()).doesNotContain("DNS");
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void aProbeThatIsRefusedIsToldWhyIsCountedAndComesAgain(RefusalReason reason) throws Exception {
    bed.authenticator = shown -> DoorBed.answer(new Admission.Refused(reason, "Not you."));
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");

    await().until(() -> bed.refused.size() >= 2);

    assertThat(bed.refused).containsOnly(reason);
    assertThat(probe.lastFailure()).isEqualTo("Not you.");
    assertThat(probe.connected()).isFalse();
    bed.authenticator = shown -> DoorBed.answer(bed.admitted(Duration.ofHours(1)));
    await().until(probe::connected);
  }

  @Test
  void aStreamWithoutATokenIsRefused() throws Exception {
    bed.open();
    Line line = bed.address().dial(LinkThread.open("bare"));
    OperatorStream bare =
        new OperatorStream(
            new ReportBuffer(LinkClientLimits.defaults()),
            new EvidenceOutbox(),
            Throwable::getMessage,
            new RecordingListener(),
            new Unheard());
    bare.open(line.channel(), "aaaaaaaa"); // and not line.calls(), which bear the token

    await().until(() -> bed.refused.equals(List.of(RefusalReason.NO_TOKEN)));

    assertThat(bed.examined).isEmpty();
    line.channel().shutdownNow();
  }

  @Test
  void anOperatorOfAnotherAuthorityIsNotShownTheToken() throws Exception {
    bed.identity = new TestAuthority().issue("localhost");
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await()
        .until(() ->
            probe.lastFailure().equals("its certificate is of no authority in " + bed.caFile()));
    assertThat(bed.examined).isEmpty();
  }

  @Test
  void anOperatorOfAnotherNameIsNotShownTheToken() throws Exception {
    bed.identity = bed.authority.issue("pingcheck.elsewhere.svc");
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await()
        .until(() -> probe.lastFailure().equals("its certificate is not for the name localhost"));
    assertThat(bed.examined).isEmpty();
  }

  @Test
  void anExpiredCertificateIsNotShownTheToken() throws Exception {
    bed.identity = bed.authority.issue(Instant.now().minus(Duration.ofDays(91)), "localhost");
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await()
        .until(() ->
            probe.lastFailure().equals("its certificate has expired, or the clock here is fast"));
    assertThat(bed.examined).isEmpty();
  }

  @Test
  void whatDoesNotSpeakTlsOrIsNotThereIsSaidInWords() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 9, InetAddress.getByName("localhost"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket one = plain.accept()) {
              one.getOutputStream()
                  .write("HTTP/1.1 400 no\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              one.getInputStream().readAllBytes();
            } catch (IOException gone) {
              // The probe has hung up.
            }
          });
      OperatorAddress there =
          new OperatorAddress.Remote(
              "localhost",
              plain.getLocalPort(),
              bed.caFile(),
              bed.tokenFile(),
              ProbeRole.CENTRAL,
              Optional.empty());
      LinkClient probe = bed.probe("aaaaaaaa", there, new RecordingListener());
      await().until(() -> probe.lastFailure().equals("it does not speak TLS"));
      plain.close();
      await()
          .until(() ->
              probe
                  .lastFailure()
                  .equals(
                      "nobody listens there; of several operators only the one that leads"
                          + " does"));
    }
  }

  @Test
  void filesThatAreNotThereYetAreSaidAndReadAtTheNextDial() throws Exception {
    bed.open();
    Files.delete(bed.tokenFile());
    LinkClient probe = bed.probe("aaaaaaaa");
    await()
        .until(() ->
            probe.lastFailure().equals("the token file " + bed.tokenFile() + " is not there"));
    Files.writeString(bed.caFile(), "");
    bed.writeToken("token-2");
    await()
        .until(() ->
            probe.lastFailure().equals("the CA file " + bed.caFile() + " holds no certificate"));
    TestAuthority.writeTo(bed.caFile(), bed.authority);
    await().until(probe::connected);
    assertThat(bed.examined.getLast().token()).isEqualTo("token-2");
  }

  @Test
  void aCertificateIsReplacedWithoutEndingAStreamAndTheNextDialSeesIt() throws Exception {
    bed.open();
    LinkClient first = bed.probe("aaaaaaaa");
    await().until(first::connected);
    TestAuthority successor = new TestAuthority();
    bed.identity = successor.issue("localhost");
    LinkClient tooEarly = bed.probe("bbbbbbbb");
    await().until(() -> tooEarly.lastFailure().startsWith("its certificate is of no authority"));

    TestAuthority.writeTo(bed.caFile(), bed.authority, successor);

    await().until(tooEarly::connected);
    assertThat(first.connected()).isTrue();
    assertThat(bed.examined).hasSize(2);
  }

  @Test
  void aStreamEndsWithItsTokenAndGoesOnWithTheNextOneAndNoRoundIsLost() throws Exception {
    // The next token is the same pod's.
    bed.authenticator =
        shown ->
            DoorBed.answer(
                new Admission.Admitted(
                    new Placement.Central("pod-1"), bed.clock.now().plus(Duration.ofMinutes(10))));
    bed.limits = DoorBed.withoutReviews();
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    LongStream.rangeClosed(1, 100).forEach(n -> probe.report(Samples.report("aaaaaaaa", n)));
    await().until(() -> bed.handled.size() == 100);
    bed.clock.advance(Duration.ofMinutes(9).minusMillis(1));
    bed.writeToken("token-2");
    assertThat(bed.examined).hasSize(1);

    bed.clock.advance(Duration.ofMinutes(1).plusMillis(1));
    LongStream.rangeClosed(101, 200).forEach(n -> probe.report(Samples.report("aaaaaaaa", n)));

    await().until(() -> bed.handled.size() == 200 && bed.examined.size() == 2);
    assertThat(bed.handled.stream().map(DoorBed.Handled::number))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    assertThat(bed.examined.stream().map(Credentials::token)).containsExactly("token-1", "token-2");
    assertThat(bed.refused).isEmpty();
  }

  @Test
  void aProbeThatEndsWhileNobodyListensTellsTheNextOperatorItsLastReports() throws Exception {
    NetworkDoor door = bed.open();
    LinkClient probe = bed.patientProbe("aaaaaaaa");
    await().until(probe::connected);
    door.close();
    await().until(() -> !probe.connected());
    LongStream.rangeClosed(1, 5).forEach(n -> probe.report(Samples.report("aaaaaaaa", n)));

    Thread end = Thread.ofVirtual().start(probe::close);
    assertThat(bed.handled).isEmpty();
    bed.open();
    end.join();

    assertThat(bed.handled.stream().map(DoorBed.Handled::number))
        .containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aProbeThatHasToldAllEndsWithoutAnOperator() throws Exception {
    NetworkDoor door = bed.open();
    LinkClient probe = bed.patientProbe("aaaaaaaa");
    await().until(probe::connected);
    probe.report(Samples.report("aaaaaaaa", 1));
    await().until(() -> bed.handled.size() == 1);
    door.close();
    await().until(() -> !probe.connected());

    probe.close(); // which would wait for two minutes

    assertThat(bed.examined).hasSize(1);
  }

  @Test
  void aProbeWhosePodIsDeletedIsSentAwayAtTheNextReview() throws Exception {
    Admission inPlace = bed.admitted(Duration.ofHours(1));
    bed.authenticator = shown -> DoorBed.answer(inPlace);
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(probe::connected);
    bed.clock.advance(Duration.ofMinutes(6));
    await().until(() -> bed.examined.size() == 2);
    assertThat(probe.connected()).as("its pod is there").isTrue();

    Admission gone = new Admission.Refused(RefusalReason.NOT_GENUINE, "Its pod is gone.");
    bed.authenticator = shown -> DoorBed.answer(gone);
    bed.clock.advance(Duration.ofMinutes(6));

    await().until(() -> !bed.refused.isEmpty() && !probe.connected());
    assertThat(bed.refused).containsOnly(RefusalReason.NOT_GENUINE);
    await().until(() -> probe.lastFailure().equals("Its pod is gone."));
  }

  @ParameterizedTest
  @EnumSource(
      value = RefusalReason.class,
      names = {"TOO_MANY", "API_UNREACHABLE"})
  void aReviewThatNobodyAnswersEndsNoStreamAndIsMadeUpForByTheNext(RefusalReason reason)
      throws Exception {
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(probe::connected);
    bed.authenticator = shown -> DoorBed.answer(new Admission.Refused(reason, "Not now."));
    for (int review = 1; review <= 3; review++) {
      int examinations = 1 + review;
      bed.clock.advance(Duration.ofMinutes(6));
      await().until(() -> bed.examined.size() == examinations);
    }
    probe.report(Samples.report("aaaaaaaa", 1));
    await().until(() -> bed.handled.size() == 1);
    assertThat(bed.handled.getFirst().from()).isEqualTo(new Placement.Central("pod-1"));
    assertThat(bed.examined).hasSize(4);
    assertThat(bed.refused).isEmpty();
  }

  @Test
  void aProbeWhoseTokenIsAnotherPodsByNowComesAgain() throws Exception {
    bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(probe::connected);

    bed.clock.advance(Duration.ofMinutes(6)); // each examination finds another pod in this bed

    await().until(() -> bed.examined.size() == 3 && probe.connected());
    probe.report(Samples.report("aaaaaaaa", 1));
    await().until(() -> bed.handled.size() == 1);
    assertThat(bed.handled.getFirst().from()).isEqualTo(new Placement.Central("pod-3"));
  }

  @Test
  void aShutDoorSendsTheNetworksProbesAwayAndLeavesTheOneBesideTheOperator() throws Exception {
    NetworkDoor door = bed.open();
    LinkClient remote = bed.probe("aaaaaaaa");
    LinkClient beside =
        bed.probe("bbbbbbbb", new OperatorAddress.Beside(bed.socket()), new RecordingListener());
    await().until(() -> bed.server.connectedProbes() == 2);

    door.close();

    await().until(() -> bed.server.connectedProbes() == 1 && !remote.connected());
    assertThat(beside.connected()).isTrue();
    bed.open();
    await().until(remote::connected);
  }

  @Test
  void aPortThatIsTakenIsASentence() throws Exception {
    bed.open();
    assertThatThrownBy(bed::open)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("TCP port " + bed.port() + " cannot be served (")
        .hasMessageContaining("Address already in use");
  }

  @Test
  void aProbeThatLeavesWhileItIsExaminedIsLetGo() throws Exception {
    CompletableFuture<Admission> never = new CompletableFuture<>();
    bed.authenticator = shown -> never;
    NetworkDoor door = bed.open();
    LinkClient probe = bed.probe("aaaaaaaa");
    await().until(() -> !bed.examined.isEmpty());
    probe.close();
    await().until(never::isCancelled);
    await().until(() -> door.connections() == 0);
  }

  /** Nobody cares. */
  private static final class Unheard implements OperatorStream.Events {
    @Override
    public void welcomed() {}

    @Override
    public void acknowledged() {}

    @Override
    public void ended(String reason) {}
  }
}
