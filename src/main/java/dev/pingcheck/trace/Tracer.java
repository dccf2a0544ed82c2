package dev.pingcheck.trace;

/** Where spans begin. */
public interface Tracer extends AutoCloseable {

  /** Traces are off. */
  Tracer NONE =
      new Tracer() {
        @Override
        public Span begin(String name) {
          return Span.NONE;
        }

        @Override
        public Span current() {
          return Span.NONE;
        }

        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public void close() {}
      };

  /** Begins a span, as a part of this thread's current one, and makes it the current one. */
  Span begin(String name);

  /** This thread's innermost span. */
  Span current();

  boolean isOn();

  @Override
  void close();
}
