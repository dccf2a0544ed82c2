package dev.pingcheck.trace;

/** A piece of work with a beginning and an end, which is its {@link #close}; of one thread. */
public interface Span extends AutoCloseable {

  /** What nobody asked for. */
  Span NONE =
      new Span() {
        @Override
        public Span with(String attribute, String value) {
          return this;
        }

        @Override
        public void failed(String why) {}

        @Override
        public void close() {}
      };

  /** Adds an attribute; a value that is null or empty is none. */
  Span with(String attribute, String value);

  /** It did not do what it should. */
  void failed(String why);

  @Override
  void close();
}
