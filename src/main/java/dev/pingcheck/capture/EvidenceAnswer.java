package dev.pingcheck.capture;

/** Is told what there is of a round, once, on any thread; must not block. */
public interface EvidenceAnswer {

  /** A whole pcapng file. */
  void file(byte[] octets);

  /** There is none; a phrase says why. */
  void missing(String why);
}
