package dev.pingcheck.lab.tun;

/** What is done to a request. */
public enum Deed {
  ANSWER(560, Kind.ANSWER),
  ANSWER_SOON(80, Kind.ANSWER),
  /** So little later that others overtake it. */
  REORDER(40, Kind.ANSWER),
  DUPLICATE(30, Kind.ANSWER),
  ANSWER_LATE(20, Kind.ANSWER),
  ANSWER_LATE_TWICE(5, Kind.ANSWER),
  DROP(20, Kind.ANSWER),

  /** Any bit of the ICMP message; the checksum stays. */
  FLIP_BIT(25, Kind.BESIDE),
  /** An octet of the payload; the checksum is made right. */
  CHANGE_OCTET(20, Kind.BESIDE),
  /** The IP header tells of more octets than come. */
  CUT_OFF(5, Kind.BESIDE),
  /** The IP header is right, the message ends early. */
  SHORTEN(20, Kind.BESIDE),
  LENGTHEN(5, Kind.BESIDE),
  BREAK_IP_HEADER(5, Kind.BESIDE),
  FORGE_COOKIE(20, Kind.BESIDE),
  FORGE_SOURCE(20, Kind.BESIDE),
  /** Identifier and sequence are right, source and cookie are not. */
  GUESS(10, Kind.BESIDE),
  /** The identifier is right, nothing else is. */
  COLLIDE(10, Kind.BESIDE),
  /** Another request's genuine reply again, shortly after. */
  REPLAY(10, Kind.BESIDE),
  /** The same, long after. */
  REPLAY_OLD(5, Kind.BESIDE),
  ERROR_WRONG_DESTINATION(10, Kind.BESIDE),
  ERROR_WRONG_COOKIE(10, Kind.BESIDE),
  /** So little is quoted that the sequence is not in it. */
  ERROR_STUMP(5, Kind.BESIDE),
  ERROR_FLIP_BIT(5, Kind.BESIDE),
  ERROR_OF_OTHERS(5, Kind.BESIDE),
  REDIRECT(10, Kind.BESIDE),
  FLOOD(1, Kind.BESIDE),
  NOISE(5, Kind.BESIDE),

  ERROR(30, Kind.ERROR),
  /** The IP header and 8 octets, or a little more, but not the cookie. */
  ERROR_SHORT_QUOTE(20, Kind.ERROR);

  /** How a deed goes with the genuine reply. */
  enum Kind {
    /** It is what becomes of the genuine reply. */
    ANSWER,
    /** It changes nothing: the genuine reply comes before it, after it, or not at all. */
    BESIDE,
    /** It settles the request, unless the genuine reply has come before. */
    ERROR
  }

  private final int weight;
  private final Kind kind;

  Deed(int weight, Kind kind) {
    this.weight = weight;
    this.kind = kind;
  }

  int weight() {
    return weight;
  }

  Kind kind() {
    return kind;
  }
}
