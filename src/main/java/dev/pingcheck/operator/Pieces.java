package dev.pingcheck.operator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes to a response piece by piece, as fast as it is read. */
final class Pieces extends OutputStream {
  private static final long PATIENCE_SECONDS = 10;

  private final HttpServerResponse response;

  Pieces(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    await(response.write(Buffer.buffer(Arrays.copyOfRange(octets, offset, offset + length))));
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void close() throws IOException {
    await(response.end());
  }

  /** A piece is done when the connection has taken it, so that never two of them wait. */
  private static void await(io.vertx.core.Future<Void> written) throws IOException {
    try {
      written.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("nobody reads", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the operator ends", e);
    }
  }
}
