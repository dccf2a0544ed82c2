package dev.pingcheck.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The colours have the contrast of WCAG 2.2 level AA, in light and in dark. */
class PageColoursTest {
  private static final Pattern COLOUR =
      Pattern.compile("--([a-z-]+): light-dark\\(#([0-9a-f]{6}), #([0-9a-f]{6})\\);");

  /** Success criterion 1.4.3 for text, 1.4.11 for what is drawn. */
  private static final double TEXT = 4.5;

  private static final double DRAWN = 3;

  private static final Map<String, String[]> COLOURS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream css = PageFiles.class.getResourceAsStream("page.css")) {
      Matcher colour = COLOUR.matcher(new String(css.readAllBytes(), StandardCharsets.UTF_8));
      while (colour.find()) {
        COLOURS.put(colour.group(1), new String[] {colour.group(2), colour.group(3)});
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text, ground", "text, raised", "text, chosen", "dim, ground", "dim, raised",
    "dim, chosen", "link, ground", "link, raised", "good, ground", "good, raised",
    "good, chosen", "bad, ground", "bad, raised", "bad, chosen", "unsure, ground",
    "unsure, raised", "unsure, chosen", "notice-text, notice",
  })
  void textIsReadable(String text, String ground) {
    assertContrast(text, ground, TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "edge, ground",
    "edge, raised",
    "focus, ground",
    "focus, raised",
    "focus, chosen",
    "loss-none, ground",
    "loss-little, ground",
    "loss-some, ground",
    "loss-much, ground",
    "loss-all, ground",
    "smoke-core, ground",
    "unsure, ground",
  })
  void whatIsDrawnIsSeen(String drawn, String ground) {
    assertContrast(drawn, ground, DRAWN);
  }

  private static void assertContrast(String one, String other, double least) {
    for (int theme = 0; theme < 2; theme++) {
      double a = luminance(COLOURS.get(one)[theme]);
      double b = luminance(COLOURS.get(other)[theme]);
      double contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      assertThat(contrast)
          .as("%s on %s, %s", one, other, theme == 0 ? "light" : "dark")
          .isGreaterThanOrEqualTo(least);
    }
  }

  /** Relative luminance (WCAG 2.2, definitions). */
  private static double luminance(String hex) {
    int rgb = Integer.parseInt(hex, 16);
    return 0.2126 * linear(rgb >> 16)
        + 0.7152 * linear(rgb >> 8 & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
