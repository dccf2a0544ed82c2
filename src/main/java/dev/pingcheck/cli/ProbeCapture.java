package dev.pingcheck.cli;

import dev.pingcheck.capture.CaptureCounts;
import dev.pingcheck.capture.CaptureFilter;
import dev.pingcheck.capture.CaptureOpening;
import dev.pingcheck.capture.EvidenceAnswer;
import dev.pingcheck.capture.EvidenceKeeper;
import dev.pingcheck.capture.PacketCapture;
import dev.pingcheck.capture.PacketSource;
import dev.pingcheck.clock.Clock;
import dev.pingcheck.engine.EchoEngine;
import dev.pingcheck.engine.EchoLoop;
import dev.pingcheck.engine.RoundWitness;
import dev.pingcheck.engine.socket.SocketKind;
import dev.pingcheck.link.CaptureFigures;
import dev.pingcheck.link.EvidenceQuestion;
import dev.pingcheck.link.LinkClient;
import dev.pingcheck.link.PlanListener;
import dev.pingcheck.plan.Interruption;
import dev.pingcheck.plan.ProbePlan;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The capture of a probe between its engine and its link. */
final class ProbeCapture implements AutoCloseable {
  private final EvidenceKeeper keeper;
  private final PacketCapture capture;
  private CaptureCounts told = new CaptureCounts(0, 0, 0, 0);

  private ProbeCapture(EvidenceKeeper keeper, PacketSource.Opening opening) {
    this.keeper = keeper;
    capture = new PacketCapture(opening, keeper);
  }

  /**
   * Nothing begins before a plan asks for it.
   *
   * @param kind of the engine's sockets: ping sockets are had without the right to capture
   */
  static ProbeCapture of(
      CaptureChoice choice, int bytes, SocketKind kind, EchoLoop loop, Clock clock) {
    return new ProbeCapture(new EvidenceKeeper(clock, bytes), opening(choice, kind, loop));
  }

  private static PacketSource.Opening opening(
      CaptureChoice choice, SocketKind kind, EchoLoop loop) {
    if (choice.isOff()) {
      return refusing("the probe was started with --no-capture");
    }
    if (kind == SocketKind.PING) {
      return refusing("the probe has ping sockets alone; a capture needs the capability NET_RAW");
    }
    return new CaptureOpening(CaptureFilter.of(loop.exchange().mark()));
  }

  private static PacketSource.Opening refusing(String phrase) {
    return () -> {
      throw new IOException(phrase);
    };
  }

  /** Whom the engine tells of rounds. */
  RoundWitness witness() {
    return keeper;
  }

  /** Tells the operator what was counted, if that is news. */
  void tell(LinkClient link) {
    CaptureCounts now = capture.counts();
    if (!now.equals(told)) {
      told = now;
      link.tell(
          new CaptureFigures(now.captured(), now.evicted(), now.kernelDrops(), now.keptBytes()));
    }
  }

  /** Whom the link tells of plans and questions. */
  PlanListener before(EchoEngine engine, Supplier<LinkClient> link) {
    return new PlanListener() {
      @Override
      public void snapshot(Collection<ProbePlan> plans, Optional<Interruption> interruption) {
        capture.want(
            plans.stream()
                .filter(ProbePlan::capture)
                .map(plan -> plan.check().uid())
                .collect(Collectors.toSet()));
        engine.replaceAll(plans, interruption);
      }

      @Override
      public void put(ProbePlan plan) {
        capture.want(plan.check().uid(), plan.capture());
        engine.put(plan);
      }

      @Override
      public void removed(String uid) {
        engine.remove(uid);
        capture.want(uid, false);
      }

      @Override
      public void asked(EvidenceQuestion question) {
        keeper.ask(question.uid(), question.round(), answer(question, link.get()));
      }
    };
  }

  private static EvidenceAnswer answer(EvidenceQuestion question, LinkClient link) {
    return new EvidenceAnswer() {
      @Override
      public void file(byte[] octets) {
        link.answer(question, octets);
      }

      @Override
      public void missing(String why) {
        link.answerMissing(question, why);
      }
    };
  }

  @Override
  public void close() {
    capture.close();
  }
}
