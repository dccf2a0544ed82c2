package dev.pingcheck.link;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one thread that moves the octets of a side of the link and owns that side's state, so that
 * nothing there needs a lock and everything happens in one order.
 */
final class LinkThread implements Agenda, AutoCloseable {
  private static final long CLOSE_SECONDS = 2;

  private final EventLoopGroup group;
  private final EventLoop loop;

  private LinkThread(EventLoopGroup group) {
    this.group = group;
    this.loop = group.next();
  }

  /**
   * @throws IOException with a sentence if Netty's native transport cannot be loaded
   */
  static LinkThread open(String name) throws IOException {
    if (!Epoll.isAvailable()) {
      throw new IOException(
          "The link needs Netty's epoll library, which could not be loaded ("
              + Epoll.unavailabilityCause().getMessage()
              + "); is this Linux on x86_64 or aarch64, and may files in "
              + System.getProperty("java.io.tmpdir")
              + " be written and executed?");
    }
    return new LinkThread(new EpollEventLoopGroup(1, new DefaultThreadFactory(name, true)));
  }

  EventLoopGroup group() {
    return group;
  }

  /** Runs a task after all earlier ones; does nothing once the thread has been closed. */
  @Override
  public void execute(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException closed) {
      // Whoever still has something to say says it to nobody.
    }
  }

  @Override
  public void schedule(Runnable task, Duration delay) {
    try {
      var unused = loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      // As above.
    }
  }

  /** A signal that runs the task on this thread; many signals before its run are one. */
  Runnable coalesce(Runnable task) {
    AtomicBoolean asked = new AtomicBoolean();
    return () -> {
      if (asked.compareAndSet(false, true)) {
        execute(() -> {
          asked.set(false);
          task.run();
        });
      }
    };
  }

  /** Ends the thread within two seconds; what was scheduled for later never runs. */
  @Override
  public void close() {
    group
        .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
        .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
