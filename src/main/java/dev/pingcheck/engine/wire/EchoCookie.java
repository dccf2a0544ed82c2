package dev.pingcheck.engine.wire;

/**
 * What only this process can write into an echo request: SipHash-2-4 (Aumasson and Bernstein, 2012)
 * under a random key, over all that identifies the request. Who has not seen the request cannot
 * answer it. The state of the hash is kept here, so that nothing is allocated: not thread safe.
 */
public final class EchoCookie {
  private final long key0;
  private final long key1;
  private long v0;
  private long v1;
  private long v2;
  private long v3;

  /**
   * @param key0 the first half of the key, random for each process
   * @param key1 the second half
   */
  public EchoCookie(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

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
    start();
    absorb((long) identifier << 16 | sequence);
    absorb(number);
    absorb(addressHigh);
    absorb(addressLow);
    return finish(4);
  }

  /** SipHash-2-4 of a message that consists of whole little-endian words. */
  long hash(long... words) {
    start();
    for (long word : words) {
      absorb(word);
    }
    return finish(words.length);
  }

  private void start() {
    v0 = key0 ^ 0x736f6d6570736575L;
    v1 = key1 ^ 0x646f72616e646f6dL;
    v2 = key0 ^ 0x6c7967656e657261L;
    v3 = key1 ^ 0x7465646279746573L;
  }

  private void absorb(long word) {
    v3 ^= word;
    round();
    round();
    v0 ^= word;
  }

  private long finish(int words) {
    // The last word holds the message's length in its top octet and what remains below 8 octets.
    absorb((long) words * Long.BYTES << 56);
    v2 ^= 0xff;
    round();
    round();
    round();
    round();
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private void round() {
    long a = v0 + v1;
    long b = Long.rotateLeft(v1, 13) ^ a;
    long c = v2 + v3;
    long d = Long.rotateLeft(v3, 16) ^ c;
    a = Long.rotateLeft(a, 32) + d;
    v3 = Long.rotateLeft(d, 21) ^ a;
    c += b;
    v1 = Long.rotateLeft(b, 17) ^ c;
    v2 = Long.rotateLeft(c, 32);
    v0 = a;
  }

  @Override
  public String toString() {
    return "EchoCookie[key not shown]";
  }
}
