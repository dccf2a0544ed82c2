package dev.pingcheck.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A pcapng file in memory (draft-ietf-opsawg-pcapng): one section, an interface for each name,
 * packets from their IP header on, stamps in nanoseconds.
 */
final class PcapngWriter {
  private static final int SECTION = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int PACKET = 6;
  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final short LINK_RAW_IP = 101;
  private static final int OPTION_END = 0;
  private static final int COMMENT = 1;
  private static final int INTERFACE_NAME = 2;
  private static final int PACKET_FLAGS = 2;
  private static final int APPLICATION = 4;
  private static final int TIME_RESOLUTION = 9;
  private static final byte NANOS = 9;

  private final int snapLength;
  private final List<byte[]> blocks = new ArrayList<>();
  private final Map<String, Integer> interfaces = new LinkedHashMap<>();
  private int size;

  /** Which way a packet went, as its flags have it. */
  enum Direction {
    IN(1),
    OUT(2);

    private final int flag;

    Direction(int flag) {
      this.flag = flag;
    }
  }

  /**
   * @param comment on the whole file
   * @param snapLength the most octets of a packet that are kept
   */
  PcapngWriter(String comment, int snapLength) {
    this.snapLength = snapLength;
    Block header = new Block(SECTION, 16).integer(BYTE_ORDER);
    header.content.putShort((short) 1).putShort((short) 0).putLong(-1);
    add(header.option(APPLICATION, "PingCheck").option(COMMENT, comment).end());
  }

  /**
   * Adds a packet.
   *
   * @param device the name of the interface
   * @param comment on the packet
   */
  void packet(PacketSource.RawPacket packet, String device, Direction direction, String comment) {
    int number = interfaces.computeIfAbsent(device, this::describe);
    byte[] octets = packet.octets();
    Block block =
        new Block(PACKET, 20 + padded(octets.length))
            .integer(number)
            .integer((int) (packet.epochNanos() >>> Integer.SIZE))
            .integer((int) packet.epochNanos())
            .integer(octets.length)
            .integer(packet.length());
    block.content.put(octets).put(new byte[padded(octets.length) - octets.length]);
    add(block.option(COMMENT, comment).option(PACKET_FLAGS, little(direction.flag)).end());
  }

  private int describe(String device) {
    Block block = new Block(INTERFACE, 8);
    block.content.putShort(LINK_RAW_IP).putShort((short) 0).putInt(snapLength);
    add(block.option(INTERFACE_NAME, device).option(TIME_RESOLUTION, new byte[] {NANOS}).end());
    return interfaces.size();
  }

  private void add(byte[] block) {
    blocks.add(block);
    size += block.length;
  }

  /** The file as it stands. */
  byte[] toFile() {
    ByteBuffer file = ByteBuffer.allocate(size);
    blocks.forEach(file::put);
    return file.array();
  }

  private static int padded(int length) {
    return length + 3 & ~3;
  }

  private static byte[] little(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** A block while it is written: its type and length, content, options, its length again. */
  private static final class Block {
    private static final int MOST_OPTIONS = 4096;
    private static final int LONGEST_TEXT = 1024;

    private final ByteBuffer content;

    Block(int type, int fixed) {
      content = ByteBuffer.allocate(12 + fixed + MOST_OPTIONS).order(ByteOrder.LITTLE_ENDIAN);
      content.putInt(type).putInt(0);
    }

    Block integer(int value) {
      content.putInt(value);
      return this;
    }

    Block option(int code, String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return option(code, utf8.length <= LONGEST_TEXT ? utf8 : Arrays.copyOf(utf8, LONGEST_TEXT));
    }

    Block option(int code, byte[] value) {
      content.putShort((short) code).putShort((short) value.length).put(value);
      content.put(new byte[padded(value.length) - value.length]);
      return this;
    }

    byte[] end() {
      content.putShort((short) OPTION_END).putShort((short) 0);
      int length = content.position() + Integer.BYTES;
      content.putInt(length);
      content.putInt(4, length);
      byte[] block = new byte[length];
      content.get(0, block);
      return block;
    }
  }
}
