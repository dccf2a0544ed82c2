package dev.pingcheck.engine.socket;

/** Which kind of sockets is to be opened. */
public enum SocketMode {
  /** Raw sockets, and ping sockets where those are not permitted. */
  AUTO,
  RAW,
  PING
}
