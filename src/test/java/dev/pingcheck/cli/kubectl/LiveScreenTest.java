package dev.pingcheck.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
  private final StringWriter written = new StringWriter();
  private final LiveScreen terminal = new LiveScreen(new PrintWriter(written));

  private static Screen screen() {
    Screen screen = new Screen(new TerminalSize(2, 5));
    screen.add("12345");
    return screen;
  }

  @Test
  void whoEndsBeforeItIsDrawnSeesNothingOfIt() {
    terminal.close();
    terminal.draw(screen());
    assertThat(written.toString()).isEmpty();
  }

  /** Some terminals, xterm among them, would take the last character of a full line with it. */
  @Test
  void nothingIsClearedBehindALineThatIsFull() {
    Screen full = screen();
    full.add("67890");
    terminal.draw(full);
    assertThat(written.toString()).endsWith("\u001b[H\u001b[K12345\r\n\u001b[K67890");
  }

  @Test
  void itIsLeftOnceAndNothingIsDrawnAfterwards() {
    terminal.draw(screen());
    terminal.close();
    String left = written.toString();
    assertThat(left).endsWith("\u001b[?25h\u001b[?1049l");
    terminal.draw(screen());
    terminal.close();
    assertThat(written).hasToString(left);
  }
}
