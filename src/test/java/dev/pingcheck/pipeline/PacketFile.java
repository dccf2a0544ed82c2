package dev.pingcheck.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file of packets as Wireshark's tshark reads it, which knows nothing of us. */
public final class PacketFile {
  private static final String[] FIELDS = {
    "icmp.type",
    "icmpv6.type",
    "ip.src",
    "ipv6.src",
    "ip.dst",
    "ipv6.dst",
    "icmp.seq",
    "icmpv6.echo.sequence_number",
    "frame.comment"
  };

  /** What tshark tells of a packet; of a quoted one within it too. */
  public record Frame(
      String type, String source, String destination, String sequence, String comment) {
    public boolean isRequest() {
      return type.equals("8") || type.equals("128");
    }

    public boolean isReply() {
      return type.equals("0") || type.equals("129");
    }
  }

  private PacketFile() {}

  /**
   * Reads one.
   *
   * @param content in pcapng
   */
  public static List<Frame> read(byte[] content) throws IOException, InterruptedException {
    Path file = Files.createTempFile("evidence", ".pcapng");
    try {
      Files.write(file, content);
      List<String> command =
          new java.util.ArrayList<>(
              List.of("tshark", "-n", "-r", file.toString(), "-T", "fields", "-E", "occurrence=f"));
      for (String field : FIELDS) {
        command.addAll(List.of("-e", field));
      }
      Process tshark =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String lines = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (tshark.waitFor() != 0) {
        throw new AssertionError("tshark does not read the file");
      }
      return lines.lines().map(PacketFile::frame).toList();
    } finally {
      Files.delete(file);
    }
  }

  private static Frame frame(String line) {
    String[] of = line.split("\t", -1);
    return new Frame(of[0] + of[1], of[2] + of[3], of[4] + of[5], of[6] + of[7], of[8]);
  }
}
