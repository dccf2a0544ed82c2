package dev.pingcheck.engine.socket.linux;

import dev.pingcheck.engine.socket.SendOutcome;

/** The errors of Linux system calls (asm-generic/errno.h), as far as one has an effect here. */
final class Errno {
  static final int EPERM = 1;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int EBADF = 9;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EFAULT = 14;
  static final int EINVAL = 22;
  static final int EMFILE = 24;
  static final int ENOTSOCK = 88;
  static final int EMSGSIZE = 90;
  static final int EPROTONOSUPPORT = 93;
  static final int EAFNOSUPPORT = 97;
  static final int EADDRINUSE = 98;
  static final int EADDRNOTAVAIL = 99;
  static final int ENETDOWN = 100;
  static final int ENETUNREACH = 101;
  static final int ENOBUFS = 105;
  static final int EHOSTUNREACH = 113;

  private Errno() {}

  /** What a failed send means; EINTR is not among them, it is repeated. */
  static SendOutcome outcome(int errno) {
    return switch (errno) {
      case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EADDRNOTAVAIL -> SendOutcome.NO_ROUTE;
      case EAGAIN, ENOBUFS, ENOMEM -> SendOutcome.NO_BUFFER;
      case EPERM, EACCES -> SendOutcome.NOT_PERMITTED;
      case EMSGSIZE -> SendOutcome.TOO_BIG;
      default -> SendOutcome.FAILED;
    };
  }

  /** Whether it is worth while to try the same packet again in a moment. */
  static boolean isTransient(int errno) {
    return errno == EAGAIN || errno == ENOBUFS || errno == ENOMEM;
  }

  /** Whether the socket will never work again. */
  static boolean isFatal(int errno) {
    return errno == EBADF
        || errno == ENOTSOCK
        || errno == EINVAL
        || errno == EFAULT
        || errno == EIO;
  }
}
