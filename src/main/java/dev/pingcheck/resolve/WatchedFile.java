package dev.pingcheck.resolve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The contents of a small text file, read again whenever the file is another one or has changed.
 * Missing or unreadable it counts as empty.
 *
 * <p>Thread safe.
 */
final class WatchedFile<T> {
  private final Path path;
  private final Function<List<String>, T> parser;
  private Map<String, Object> seen = Map.of("never", "read");
  private T value;

  WatchedFile(Path path, Function<List<String>, T> parser) {
    this.path = path;
    this.parser = parser;
    this.value = parser.apply(List.of());
  }

  /** The value of the file as it is now. */
  synchronized T current() {
    Map<String, Object> now = identity();
    if (!now.equals(seen)) {
      seen = now;
      value = parser.apply(lines());
    }
    return value;
  }

  private Map<String, Object> identity() {
    try {
      return Files.readAttributes(path, "unix:ino,dev,size,lastModifiedTime,ctime");
    } catch (IOException missing) {
      return Map.of();
    }
  }

  private List<String> lines() {
    try {
      // Latin 1 reads any octets; what is no host name in it matches none.
      return Files.readAllLines(path, StandardCharsets.ISO_8859_1);
    } catch (IOException missing) {
      return List.of();
    }
  }
}
