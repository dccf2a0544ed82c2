package dev.pingcheck.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pingcheck.pipeline.PacketFile.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the event of a loss says of the round.
 *
 * @param lost of the requests
 * @param sent that were sent
 * @param file with their packets
 */
public record LossNote(int lost, int sent, String file) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]+) of ([0-9]+) echo requests.* Evidence: (\\S+[.]pcapng)[.]");

  /** Empty for a text that names no file. */
  public static Optional<LossNote> of(String note) {
    Matcher form = FORM.matcher(note);
    return form.find()
        ? Optional.of(
            new LossNote(
                Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), form.group(3)))
        : Optional.empty();
  }

  /** That the frames are the requests of the round and its replies, and no others. */
  public void isTrueOf(List<Frame> frames, String address) {
    List<Frame> requests = frames.stream().filter(Frame::isRequest).toList();
    List<Frame> replies = frames.stream().filter(Frame::isReply).toList();
    assertThat(requests).hasSize(sent).allMatch(f -> f.destination().equals(address));
    assertThat(replies).hasSize(sent - lost).allMatch(f -> f.source().equals(address));
    assertThat(frames).hasSize(2 * sent - lost);
    Set<String> sequences = new HashSet<>(requests.stream().map(Frame::sequence).toList());
    assertThat(sequences).hasSize(sent);
    assertThat(replies).allMatch(f -> sequences.contains(f.sequence()));
    assertThat(requests).filteredOn(f -> f.comment().endsWith(": lost, timeout")).hasSize(lost);
    assertThat(requests).filteredOn(f -> f.comment().endsWith(": answered")).hasSize(sent - lost);
  }
}
