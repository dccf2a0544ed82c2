package dev.pingcheck.evidence;

import dev.pingcheck.stats.EvidenceName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of bad rounds, {@code NAMESPACE/CHECK/FILE}, within bounds: the oldest go first. What
 * an earlier process left counts; what it left half written is removed. The folder is made when the
 * first file comes. Thread safe.
 */
public final class EvidenceFolder {
  private static final System.Logger LOG = System.getLogger(EvidenceFolder.class.getName());
  private static final String HALF_WRITTEN = ".part";

  /**
   * The bounds, all positive.
   *
   * @param bytes of all files together
   * @param files of all checks together
   * @param filesOfCheck of each check
   */
  public record Limits(long bytes, int files, int filesOfCheck) {
    public static final Limits DEFAULT = new Limits(64L << 20, 1000, 10);

    /** The same with other room. */
    public Limits withBytes(long room) {
      return new Limits(room, files, filesOfCheck);
    }
  }

  /** How much there is. */
  public record Totals(int files, long bytes) {}

  /** A file where it lies. */
  private record Lying(Path path, String name, long bytes) {}

  private final Path root;
  private final Limits limits;
  private final PacketCounts packets = new PacketCounts();
  private volatile Totals totals = new Totals(0, 0);

  /**
   * Looks through what is there.
   *
   * @param root need not exist
   */
  public EvidenceFolder(Path root, Limits limits) {
    this.root = root;
    this.limits = limits;
    try {
      tidy();
    } catch (IOException unreadable) {
      totals = new Totals(0, 0); // said when something is to be written
    }
  }

  /** How much there is now. */
  public Totals totals() {
    return totals;
  }

  /** Whether there is that file. */
  boolean has(CheckName check, EvidenceName name) {
    return Files.exists(check.below(root).resolve(name.toString()));
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @throws IOException with a sentence if it cannot be written
   */
  synchronized void put(CheckName check, EvidenceName name, byte[] file) throws IOException {
    Path folder = check.below(root);
    Path whole = folder.resolve(name.toString());
    Path half = folder.resolve(name + HALF_WRITTEN);
    try {
      Files.createDirectories(folder);
      Files.write(half, file);
      Files.move(half, whole, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException refused) {
      discard(half);
      throw new IOException("The evidence " + whole + " was not written: " + refused, refused);
    }
    packets.learn(whole, file);
    makeRoom(folder);
  }

  /** That it cannot be made takes nothing from the file that has been written. */
  private void makeRoom(Path folder) {
    try {
      thin(newestFirst(folder), limits.filesOfCheck(), Long.MAX_VALUE);
      tidy();
    } catch (IOException unreadable) {
      LOG.log(Level.WARNING, "The evidence in " + root + " cannot be bounded: " + unreadable);
    }
  }

  private static void discard(Path half) {
    try {
      Files.deleteIfExists(half);
    } catch (IOException stays) {
      LOG.log(Level.DEBUG, "{0} stays until the next start.", half);
    }
  }

  /** The files of a check, newest first. */
  List<StoredFile> list(CheckName check) throws IOException {
    List<StoredFile> stored = new ArrayList<>();
    for (Lying file : newestFirst(check.below(root))) {
      OptionalInt count = packets.of(file.path);
      if (count.isPresent()) {
        EvidenceName name = EvidenceName.read(file.name).orElseThrow();
        stored.add(new StoredFile(name, count.getAsInt(), file.bytes));
      }
    }
    return stored;
  }

  /** What is in a file; empty if there is none of that name. */
  Optional<byte[]> read(CheckName check, EvidenceName name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(check.below(root).resolve(name.toString())));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /** Removes what is half written, and the oldest until the bounds hold. */
  private synchronized void tidy() throws IOException {
    List<Lying> all = new ArrayList<>();
    for (Path namespace : entries(root)) {
      for (Path check : entries(namespace)) {
        for (Path file : entries(check)) {
          if (file.getFileName().toString().endsWith(HALF_WRITTEN)) {
            Files.deleteIfExists(file);
          }
        }
        all.addAll(newestFirst(check));
      }
    }
    all.sort(Comparator.comparing(Lying::name).reversed());
    List<Lying> kept = thin(all, limits.files(), limits.bytes());
    packets.retain(kept.stream().map(Lying::path).collect(Collectors.toSet()));
    totals = new Totals(kept.size(), kept.stream().mapToLong(Lying::bytes).sum());
  }

  private List<Lying> thin(List<Lying> newestFirst, int files, long bytes) {
    List<Lying> kept = new ArrayList<>();
    long size = 0;
    for (Lying file : newestFirst) {
      size += file.bytes;
      if (kept.size() < files && size <= bytes || !makesRoom(file.path)) {
        kept.add(file);
      }
    }
    return kept;
  }

  private boolean makesRoom(Path file) {
    try {
      remove(file);
      return true;
    } catch (IOException stays) {
      LOG.log(Level.WARNING, "The evidence " + file + " cannot make room: " + stays);
      return false;
    }
  }

  private void remove(Path file) throws IOException {
    Files.deleteIfExists(file);
    for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException inUse) {
        return;
      }
    }
  }

  private static List<Lying> newestFirst(Path folder) throws IOException {
    List<Lying> files = new ArrayList<>();
    for (Path file : entries(folder)) {
      lying(file).ifPresent(files::add);
    }
    files.sort(Comparator.comparing(Lying::name).reversed());
    return files;
  }

  private static Optional<Lying> lying(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (EvidenceName.read(name).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Lying(file, name, Files.size(file)));
    } catch (NoSuchFileException hasMadeRoom) {
      return Optional.empty();
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    }
  }
}
