package dev.pingcheck.cli.terminal;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The process's arguments and streams as UTF-8, whatever its locale says. */
public final class Utf8Streams {
  private static final int ASCII = 0x7f;
  private static final char ANY_UNREADABLE = '\ufffd';

  private Utf8Streams() {}

  /** Standard output; each whole line is written at once. */
  public static PrintWriter out() {
    return writer(FileDescriptor.out);
  }

  /** Standard error; each whole line is written at once. */
  public static PrintWriter err() {
    return writer(FileDescriptor.err);
  }

  /**
   * The arguments as they were typed. Java reads them in the locale's character set, in which
   * others than ASCII are lost where no locale is set; the kernel still has their octets.
   */
  public static String[] arguments(String... args) {
    if (Arrays.stream(args).allMatch(Utf8Streams::isAscii)) {
      return args;
    }
    try {
      return last(args, Files.readAllBytes(Path.of("/proc/self/cmdline")));
    } catch (IOException e) {
      return args;
    }
  }

  /** The arguments that stand last in a command line of which each part ends with a zero octet. */
  static String[] last(String[] args, byte[] commandLine) {
    String[] all = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
    int from = all.length - 1 - args.length;
    return from < 0 ? args : Arrays.copyOfRange(all, from, all.length - 1);
  }

  private static boolean isAscii(String argument) {
    return argument.chars().allMatch(c -> c <= ASCII) && argument.indexOf(ANY_UNREADABLE) < 0;
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new BufferedWriter(
            new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8)),
        true);
  }
}
