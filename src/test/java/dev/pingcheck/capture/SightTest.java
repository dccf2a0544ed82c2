package dev.pingcheck.capture;

import static dev.pingcheck.capture.Packets.HOST;
import static dev.pingcheck.capture.Packets.IDENTIFIER;
import static dev.pingcheck.capture.Packets.MARKED;
import static dev.pingcheck.capture.Packets.OURS;
import static dev.pingcheck.capture.Packets.ipv4;
import static dev.pingcheck.capture.Packets.ipv6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.capture.Sight.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SightTest {
  private static final String SIX = "2001:db8::1";
  private static final String OUR_SIX = "2001:db8::9";
  private static final long PREFIX = 0x20010db800000000L;

  @Test
  void requestAndReplyNameTheOtherHost() {
    assertThat(Sight.of(ipv4(8, OURS, HOST, 5)))
        .contains(new Sight(Kind.REQUEST, false, IDENTIFIER, 5, MARKED | 5, 0, 0xc0000201L));
    assertThat(Sight.of(ipv4(0, HOST, OURS, 5)))
        .contains(new Sight(Kind.REPLY, false, IDENTIFIER, 5, MARKED | 5, 0, 0xc0000201L));
    assertThat(Sight.of(ipv6(128, OUR_SIX, SIX, 6)))
        .contains(new Sight(Kind.REQUEST, true, IDENTIFIER, 6, MARKED | 6, PREFIX, 1));
    assertThat(Sight.of(ipv6(129, SIX, OUR_SIX, 6)))
        .contains(new Sight(Kind.REPLY, true, IDENTIFIER, 6, MARKED | 6, PREFIX, 1));
  }

  @Test
  void anErrorNamesTheHostThatTheQuotedRequestWasFor() {
    byte[] four = ipv4(8, OURS, HOST, 5);
    byte[] six = ipv6(128, OUR_SIX, SIX, 6);
    assertThat(Sight.of(Packets.ipv4Error(11, "192.0.2.254", four, four.length)))
        .contains(new Sight(Kind.ERROR, false, IDENTIFIER, 5, MARKED | 5, 0, 0xc0000201L));
    assertThat(Sight.of(Packets.ipv4Error(11, "192.0.2.254", four, 28)))
        .contains(new Sight(Kind.ERROR, false, IDENTIFIER, 5, Sight.UNKNOWN, 0, 0xc0000201L));
    assertThat(Sight.of(Packets.ipv6Error(1, "2001:db8::fe", six, six.length)))
        .contains(new Sight(Kind.ERROR, true, IDENTIFIER, 6, MARKED | 6, PREFIX, 1));
  }

  @Test
  void theFirstFragmentOfALargeRequestIsKnown() {
    byte[] whole = ipv6(128, OUR_SIX, SIX, 6);
    ByteBuffer fragment =
        ByteBuffer.allocate(whole.length + 8)
            .put(Packets.ipv6Header(44, OUR_SIX, SIX))
            .put((byte) 58)
            .put((byte) 0)
            .putShort((short) 1)
            .putInt(99)
            .put(whole, 40, whole.length - 40);
    assertThat(Sight.of(fragment.array()).orElseThrow().number()).isEqualTo(MARKED | 6);
    byte[] later = ipv4(8, OURS, HOST, 5);
    later[7] = 1; // an offset
    assertThat(Sight.of(later)).isEmpty();
  }

  @Test
  void anErrorAboutSomethingElseIsNothing() {
    byte[] quoted = ipv4(8, OURS, HOST, 5);
    quoted[9] = 17; // UDP
    assertThat(Sight.of(Packets.ipv4Error(3, HOST, quoted, quoted.length))).isEmpty();
    byte[] reply = ipv4(0, OURS, HOST, 5);
    assertThat(Sight.of(Packets.ipv4Error(3, HOST, reply, reply.length))).isEmpty();
  }

  @Test
  void noOctetsWhateverTheyAreMakeItFail() {
    Random random = new Random(42);
    byte[][] seeds = {
      ipv4(8, OURS, HOST, 1),
      ipv6(128, OUR_SIX, SIX, 1),
      Packets.ipv4Error(3, HOST, ipv4(8, OURS, HOST, 1), 52),
      Packets.ipv6Error(1, SIX, ipv6(128, OUR_SIX, SIX, 1), 72)
    };
    for (int i = 0; i < 200_000; i++) {
      byte[] seed = seeds[i % seeds.length];
      byte[] octets = Arrays.copyOf(seed, random.nextInt(seed.length + 1));
      for (int change = 0; change < 3 && octets.length > 0; change++) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      assertThat(Sight.of(octets)).isNotNull();
    }
  }
}
