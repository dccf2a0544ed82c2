package dev.pingcheck.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pingcheck.clock.FakeClock;
import dev.pingcheck.link.proto.Hello;
import dev.pingcheck.link.proto.LinkGrpc;
import dev.pingcheck.link.proto.OperatorMessage;
import dev.pingcheck.link.proto.ProbeMessage;
import dev.pingcheck.plan.policy.AddressRules;
import dev.pingcheck.plan.policy.Networks;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules for addresses over a real Unix domain socket. */
class LinkRulesTest {
  @TempDir Path folder;
  private final PlanBook book = new PlanBook();
  private final FakeClock clock = new FakeClock();
  private final RecordingListener listener = new RecordingListener();

  @Test
  void everyPlanArrivesUnderItsOwnRulesInASnapshotAndInChanges() throws Exception {
    Random random = new Random(17);
    IntStream.range(0, 6_000)
        .forEach(i -> book.put(Samples.plan(i).withRules(rules(random.nextInt(1_500)))));
    book.put(Samples.plan(6_000));
    book.complete();
    try (LinkServer server = server();
        LinkClient client = client()) {
      awaitPlans();
      IntStream.range(0, 100).forEach(i -> book.put(Samples.plan(i).withRules(rules(9_000 + i))));
      book.put(Samples.plan(100).withRules(AddressRules.BUILT_IN));
      book.put(Samples.plan(6_000).withRules(rules(7)));
      awaitPlans();
      assertThat(listener.snapshots()).isEqualTo(1);
      assertThat(client.connected()).isTrue();
      assertThat(server.connectedProbes()).isEqualTo(1);
    }
  }

  @Test
  void probeThatDoesNotSayThatItHoldsRulesIsRefusedAndGetsNoPlan() throws Exception {
    book.put(Samples.plan(1));
    book.complete();
    try (LinkServer server = server();
        EventLoopGroup group = new EpollEventLoopGroup(1)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  new DomainSocketAddress(folder.resolve("link.sock").toFile()))
              .channelType(EpollDomainSocketChannel.class)
              .eventLoopGroup(group)
              .overrideAuthority("pingcheck")
              .usePlaintext()
              .build();
      CompletableFuture<Status> ended = new CompletableFuture<>();
      StreamObserver<ProbeMessage> toOperator =
          LinkGrpc.newStub(channel).connect(new EndsWith(ended));
      toOperator.onNext(
          ProbeMessage.newBuilder().setHello(Hello.newBuilder().setProbe("0ld")).build());
      Status status = ended.get(60, TimeUnit.SECONDS);
      assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(status.getDescription())
          .isEqualTo(
              "This probe is too old to hold the policy; run one of the operator's own version.");
      assertThat(server.connectedProbes()).isZero();
      channel.shutdownNow();
    }
  }

  /** Completes with the end of a stream; any message before that is a fault. */
  private record EndsWith(CompletableFuture<Status> ended)
      implements StreamObserver<OperatorMessage> {
    @Override
    public void onNext(OperatorMessage message) {
      ended.completeExceptionally(new AssertionError("it was told " + message));
    }

    @Override
    public void onError(Throwable cause) {
      ended.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
      ended.complete(Status.OK);
    }
  }

  private LinkServer server() throws Exception {
    LinkServer server =
        new LinkServer(
            folder.resolve("link.sock"), book, (from, report, safe) -> safe.run(), clock);
    server.start();
    return server;
  }

  private LinkClient client() {
    LinkClient client =
        new LinkClient(
            folder.resolve("link.sock"), "c0ffee", listener, clock, LinkClientLimits.defaults());
    client.start();
    return client;
  }

  private void awaitPlans() {
    await().untilAsserted(() -> assertThat(listener.plans()).isEqualTo(Set.copyOf(book.plans())));
  }

  private static AddressRules rules(int number) {
    String network = "10.%d.%d.0/24".formatted(number >> 8, number & 255);
    return new AddressRules(Networks.ALL, Networks.of(network));
  }
}
