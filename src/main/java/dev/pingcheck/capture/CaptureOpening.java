package dev.pingcheck.capture;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;

/**
 * Opens libpcap through pcap4j and JNA, which are loaded now and not before. A native executable
 * does not hold them: nothing names their class but this text.
 */
public final class CaptureOpening implements PacketSource.Opening {
  private final String filter;

  /**
   * @param filter in the language of man 7 pcap-filter
   */
  public CaptureOpening(String filter) {
    this.filter = filter;
  }

  @Override
  public PacketSource open() throws IOException {
    String name = String.join(".", getClass().getPackageName(), "pcap", "PcapSource");
    try {
      Class<?> source = Class.forName(name);
      return (PacketSource) source.getMethod("open", String.class).invoke(null, filter);
    } catch (ClassNotFoundException missing) {
      throw new IOException("this build of PingCheck holds no packet capture", missing);
    } catch (InvocationTargetException failed) {
      throw refusal(failed.getCause());
    } catch (ReflectiveOperationException | LinkageError broken) {
      throw refusal(broken);
    }
  }

  private static IOException refusal(Throwable cause) {
    if (cause instanceof IOException already) {
      return already;
    }
    return cause instanceof LinkageError
        ? new IOException("libpcap could not be loaded; install Debian's libpcap0.8", cause)
        : new IOException("libpcap failed: " + cause, cause);
  }
}
