package dev.pingcheck.link;

import io.grpc.ServerCall;

/**
 * Keeps what happens on a call until somebody listens. No message comes before one is asked for, so
 * there is little to keep.
 *
 * <p>Belongs to the link's thread.
 */
final class LateListener<T> extends ServerCall.Listener<T> {
  private final Runnable gone;
  private ServerCall.Listener<T> real;
  private boolean ready;
  private boolean halfClosed;
  private boolean over;

  /**
   * @param gone called once, when the call is over
   */
  LateListener(Runnable gone) {
    this.gone = gone;
  }

  boolean isOver() {
    return over;
  }

  /** From now on this one listens. The call must not be over. */
  void follow(ServerCall.Listener<T> listener) {
    real = listener;
    if (ready) {
      real.onReady();
    }
    if (halfClosed) {
      real.onHalfClose();
    }
  }

  @Override
  public void onMessage(T message) {
    if (real != null) {
      real.onMessage(message);
    }
  }

  @Override
  public void onHalfClose() {
    halfClosed = true;
    if (real != null) {
      real.onHalfClose();
    }
  }

  @Override
  public void onReady() {
    ready = true;
    if (real != null) {
      real.onReady();
    }
  }

  @Override
  public void onCancel() {
    over = true;
    if (real != null) {
      real.onCancel();
    }
    gone.run();
  }

  @Override
  public void onComplete() {
    over = true;
    if (real != null) {
      real.onComplete();
    }
    gone.run();
  }
}
