package dev.pingcheck.lab.tun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes of each request what the script says: packets, with their delays. */
final class Performer {
  private static final long MILLI = 1_000_000;

  /** The longest delay of a reply that is in time. */
  static final long SOON = 80 * MILLI;

  /** Late replies come between these two. */
  static final long LATE = 900 * MILLI;

  private static final long LATEST = 1300 * MILLI;

  private static final long OVERTAKEN = 3 * MILLI;
  private static final int MOST_COPIES = 3;

  private final Script script;
  private final Targets targets;
  private final Identifiers identifiers;
  private final Album album;

  Performer(Script script, Targets targets, Identifiers identifiers, Album album) {
    this.script = script;
    this.targets = targets;
    this.identifiers = identifiers;
    this.album = album;
  }

  /** What the request gives rise to, in the order in which it is written where delays are equal. */
  List<Emission> perform(int ordinal, Packet request, long now) {
    RandomGenerator dice = script.dice(ordinal);
    Deed deed = Script.deed(dice);
    Emission genuine = new Replies(ordinal, request, dice).genuine();
    return switch (deed.kind()) {
      case ANSWER -> answers(deed, genuine, dice);
      case BESIDE, ERROR -> {
        List<Emission> others = others(deed, ordinal, request, dice, now);
        // Errors are mostly the last word on a request, the others mostly not.
        int order = dice.nextInt(4);
        boolean alone = deed.kind() == Deed.Kind.ERROR ? order < 2 : order == 0;
        yield alone ? others : together(others, genuine, order == 3, dice);
      }
    };
  }

  private static List<Emission> answers(Deed deed, Emission genuine, RandomGenerator dice) {
    return switch (deed) {
      case ANSWER -> List.of(genuine);
      case ANSWER_SOON -> List.of(genuine.after(dice.nextLong(SOON)));
      case REORDER -> List.of(genuine.after(dice.nextLong(OVERTAKEN)));
      case DUPLICATE -> {
        List<Emission> copies = new ArrayList<>(List.of(genuine));
        for (int i = dice.nextInt(MOST_COPIES); i >= 0; i--) {
          copies.add(genuine.after(dice.nextBoolean() ? 0 : dice.nextLong(SOON)));
        }
        yield copies;
      }
      case ANSWER_LATE -> List.of(genuine.after(late(dice)));
      case ANSWER_LATE_TWICE -> List.of(genuine.after(late(dice)), genuine.after(late(dice)));
      case DROP -> List.of();
      default -> throw new IllegalStateException(deed + " is no answer");
    };
  }

  private static long late(RandomGenerator dice) {
    return dice.nextLong(LATE, LATEST);
  }

  private static List<Emission> together(
      List<Emission> others, Emission genuine, boolean genuineFirst, RandomGenerator dice) {
    long pause = dice.nextBoolean() ? 0 : dice.nextLong(SOON);
    List<Emission> all = new ArrayList<>();
    if (genuineFirst) {
      all.add(genuine);
      others.forEach(other -> all.add(other.after(pause)));
    } else {
      all.addAll(others);
      all.add(genuine.after(pause));
    }
    return all;
  }

  private List<Emission> others(
      Deed deed, int ordinal, Packet request, RandomGenerator dice, long now) {
    Replies replies = new Replies(ordinal, request, dice);
    Errors errors = new Errors(ordinal, request, dice);
    Strangers strangers = new Strangers(request, identifiers, dice);
    return switch (deed) {
      case FLIP_BIT -> List.of(replies.flipBit(identifiers));
      case CHANGE_OCTET -> List.of(replies.changeOctet());
      case CUT_OFF -> List.of(replies.cutOff());
      case SHORTEN -> List.of(replies.shorten());
      case LENGTHEN -> List.of(replies.lengthen());
      case BREAK_IP_HEADER -> List.of(replies.breakIpHeader());
      case FORGE_COOKIE -> List.of(replies.forgeCookie());
      case FORGE_SOURCE -> List.of(replies.forgeSource(targets));
      case GUESS -> List.of(replies.guess(targets));
      case COLLIDE -> List.of(replies.collide());
      case REPLAY -> list(album.recent(dice, ordinal, now));
      case REPLAY_OLD -> list(album.old(dice, ordinal));
      case ERROR -> List.of(errors.full());
      case ERROR_SHORT_QUOTE -> List.of(errors.shortQuote());
      case ERROR_WRONG_DESTINATION -> List.of(errors.wrongDestination(targets));
      case ERROR_WRONG_COOKIE -> List.of(errors.wrongCookie());
      case ERROR_STUMP -> List.of(errors.stump());
      case ERROR_FLIP_BIT -> List.of(errors.flipBit());
      case ERROR_OF_OTHERS -> List.of(errors.ofOthers(strangers.identifier()));
      case REDIRECT -> List.of(errors.redirect());
      case FLOOD -> strangers.flood();
      case NOISE -> List.of(strangers.noise());
      default -> throw new IllegalStateException(deed + " stands for itself");
    };
  }

  private static List<Emission> list(Optional<Emission> emission) {
    return emission.map(List::of).orElse(List.of());
  }
}
