package dev.pingcheck.engine.wire;

/**
 * What only this process can write into an echo request: SipHash-2-4 (Aumasson and Bernstein, 2012)
 * under a random key, over all that identifies the request. Who has not seen the request cannot
 * answer it.
 *
 * @param key0 the first half of the key, random for each process
 * @param key1 the second half
 */
public record EchoCookie(long key0, long key1) {

  /**
   * The cookie of one request.
   *
   * @param identifier 0 to 65535
   * @param sequence 0 to 65535
   * @param number the request's number in this process, which never repeats
   * @param addressHigh the first half of the IPv6 destination, 0 for IPv4
   * @param addressLow the second half, or the IPv4 destination
   */
  public long of(int identifier, int sequence, long number, long addressHigh, long addressLow) {
    return hash((long) identifier << 16 | sequence, number, addressHigh, addressLow);
  }

  /** SipHash-2-4 of a message that consists of whole little-endian words. */
  long hash(long... words) {
    State s = new State(key0, key1);
    for (long word : words) {
      s.absorb(word);
    }
    // The last word holds the message's length in its top octet and what remains below 8 octets.
    s.absorb((long) words.length * Long.BYTES << 56);
    return s.finish();
  }

  @Override
  public String toString() {
    return "EchoCookie[key not shown]";
  }

  private static final class State {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    State(long key0, long key1) {
      v0 = key0 ^ 0x736f6d6570736575L;
      v1 = key1 ^ 0x646f72616e646f6dL;
      v2 = key0 ^ 0x6c7967656e657261L;
      v3 = key1 ^ 0x7465646279746573L;
    }

    void absorb(long word) {
      v3 ^= word;
      round();
      round();
      v0 ^= word;
    }

    long finish() {
      v2 ^= 0xff;
      round();
      round();
      round();
      round();
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
