package dev.pingcheck.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Folders below target that no other JVM uses at the same time, though it runs the same tests: each
 * JVM has a number, the lowest that no other one has while it lives.
 */
public final class OwnFolder {
  private static final Path TARGET = Path.of("target");

  /** Found again by a second class loader. */
  private static final String NUMBER = "pingcheck.test.jvm";

  /** Its lock lives as long as this JVM. */
  private static FileChannel claimed;

  private OwnFolder() {}

  /** The folder of this name that is this JVM's own. */
  public static Path of(String name) {
    int number = number();
    return TARGET.resolve(number == 1 ? name : name + "-" + number);
  }

  private static synchronized int number() {
    Integer known = Integer.getInteger(NUMBER);
    if (known != null) {
      return known;
    }
    try {
      Files.createDirectories(TARGET);
      int number = 1;
      while (!claim(number)) {
        number++;
      }
      System.setProperty(NUMBER, Integer.toString(number));
      return number;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean claim(int number) throws IOException {
    FileChannel channel =
        FileChannel.open(
            TARGET.resolve("test-jvm-" + number + ".lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      return false;
    }
    claimed = channel;
    return true;
  }
}
