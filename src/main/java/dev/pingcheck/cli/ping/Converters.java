package dev.pingcheck.cli.ping;

import dev.pingcheck.engine.wire.PayloadPattern;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the words of a command line are read, whatever the locale. */
final class Converters {
  private static final int HEX = 16;
  private static final int LARGEST_OCTET = 255;

  private Converters() {}

  /** A number with a point. */
  static final class Seconds implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + text + "' is no number of seconds: write it like 1 or 0.2");
      }
    }
  }

  /** A decimal number, or a hexadecimal one behind 0x. */
  static final class Octet implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      boolean hex = text.startsWith("0x") || text.startsWith("0X");
      int octet;
      try {
        octet = hex ? Integer.parseInt(text.substring(2), HEX) : Integer.parseInt(text);
      } catch (NumberFormatException e) {
        octet = -1;
      }
      if (octet < 0 || octet > LARGEST_OCTET) {
        throw new TypeConversionException(
            "'" + text + "' is no octet: write 0 to 255, or 0x0 to 0xff");
      }
      return octet;
    }
  }

  /** Octets of a pattern. */
  record Octets(List<Byte> values) {}

  /** Hexadecimal digits, two an octet; a single last digit is an octet too. */
  static final class Pattern implements ITypeConverter<Octets> {
    @Override
    public Octets convert(String text) {
      if (!text.matches("[0-9A-Fa-f]{1," + 2 * PayloadPattern.MOST_OCTETS + "}")) {
        throw new TypeConversionException(
            "'" + text + "' is no pattern: write 1 to 32 hexadecimal digits, such as ff00");
      }
      List<Byte> octets = new ArrayList<>();
      for (int i = 0; i < text.length(); i += 2) {
        octets.add((byte) Integer.parseInt(text, i, Math.min(i + 2, text.length()), HEX));
      }
      return new Octets(List.copyOf(octets));
    }
  }
}
