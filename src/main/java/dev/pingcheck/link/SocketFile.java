package dev.pingcheck.link;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The Unix domain socket file of an operator. The socket is bound in a directory that only this
 * user may enter, gets its mode there and only then moves to its place: at no moment can anybody
 * find it there with another mode, and a dead operator's file is replaced in one step.
 *
 * <p>A lock on the file beside it tells a live operator from a dead one. The lock file stays:
 * removing it would let two operators lock two different files of that name.
 */
final class SocketFile implements AutoCloseable {
  /** The kernel's limit: sun_path holds 108 octets with the final zero (unix(7)). */
  static final int MAX_PATH_BYTES = 107;

  /** Room for the nursery's longer path. */
  private static final int MAX_SERVED_PATH_BYTES = MAX_PATH_BYTES - "./s".length();

  private static final String MODE = "rw-rw----";

  private final Path path;
  private final Path nursery;
  private final FileChannel lockChannel;
  private Object publishedKey = new Object();

  private SocketFile(Path path, Path nursery, FileChannel lockChannel) {
    this.path = path;
    this.nursery = nursery;
    this.lockChannel = lockChannel;
  }

  /** Refuses a path that the kernel would cut or refuse. */
  static void checkLength(Path path) throws IOException {
    checkLength(path, MAX_PATH_BYTES);
  }

  private static void checkLength(Path path, int limit) throws IOException {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > limit) {
      throw new IOException(
          "The socket path "
              + path
              + " is "
              + bytes
              + " bytes long; a Unix socket allows "
              + limit
              + ": choose a shorter one.");
    }
  }

  /**
   * Takes possession of a path.
   *
   * @throws IOException with a sentence if another operator serves it, if something else lies
   *     there, if it is too long or cannot be written
   */
  static SocketFile claim(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IOException("The socket path " + path + " names no file.");
    }
    checkLength(absolute, MAX_SERVED_PATH_BYTES);
    Files.createDirectories(parent);
    FileChannel lockChannel = lock(absolute);
    try {
      refuseWhatIsNoDeadSocket(absolute);
      Path nursery = parent.resolve("." + absolute.getFileName());
      Files.deleteIfExists(nursery.resolve("s"));
      Files.deleteIfExists(nursery);
      Files.createDirectory(
          nursery,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new SocketFile(absolute, nursery, lockChannel);
    } catch (IOException refused) {
      lockChannel.close();
      throw refused;
    }
  }

  private static FileChannel lock(Path socket) throws IOException {
    Path lockFile = socket.resolveSibling(socket.getFileName() + ".lock");
    FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      // Another operator in this very process; told below.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw served(socket);
    }
    return channel;
  }

  private static void refuseWhatIsNoDeadSocket(Path socket) throws IOException {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean special =
        (boolean) Files.getAttribute(socket, "basic:isOther", LinkOption.NOFOLLOW_LINKS);
    if (!special) {
      throw new IOException(
          "There is a file at the socket path "
              + socket
              + " that is no socket; remove it or choose another path.");
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw served(socket);
    } catch (ConnectException dead) {
      // Nobody listens: a dead operator's.
    }
  }

  private static IOException served(Path socket) {
    return new IOException(
        "Another operator serves the socket "
            + socket
            + " already; stop it or give this one another path.");
  }

  /** Where the server binds. */
  Path bindPath() {
    return nursery.resolve("s");
  }

  /** Lets probes find the bound socket, with mode 0660. */
  void publish() throws IOException {
    Files.setPosixFilePermissions(bindPath(), PosixFilePermissions.fromString(MODE));
    publishedKey = Files.readAttributes(bindPath(), "unix:ino,dev");
    try {
      Files.move(bindPath(), path, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException impossible) {
      throw new IOException("The socket could not be moved to " + path + ".", impossible);
    }
    Files.deleteIfExists(nursery);
  }

  /** Removes what is still this operator's own and lets the next one in. */
  @Override
  public void close() throws IOException {
    try (lockChannel) {
      Files.deleteIfExists(bindPath());
      Files.deleteIfExists(nursery);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
          && Files.readAttributes(path, "unix:ino,dev", LinkOption.NOFOLLOW_LINKS)
              .equals(publishedKey)) {
        Files.deleteIfExists(path);
      }
    }
  }
}
