package dev.pingcheck.link;

import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Dials an operator's TCP port with TLS, and shows the token only to one that has proved itself.
 */
final class NetworkDial {
  private static final int CONNECT_MILLIS = 5000;
  private static final int MAX_TOKEN_BYTES = 12 << 10;

  private NetworkDial() {}

  static Line dial(OperatorAddress.Remote operator, LinkThread thread) throws IOException {
    String token = token(operator.tokenFile());
    ManagedChannel channel =
        LocalDial.bounded(NettyChannelBuilder.forTarget(target(operator)), thread)
            .channelType(EpollSocketChannel.class)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .offloadExecutor(NetworkDial::aside)
            .sslContext(tls(operator.caFile()))
            .build();
    var headers = LinkHeaders.of(token, operator.role(), operator.node());
    return new Line(
        channel,
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)));
  }

  /** As gRPC names it: with the brackets of an IPv6 address escaped. */
  private static String target(OperatorAddress.Remote operator) throws IOException {
    try {
      return new URI("dns", "", "/" + operator, null).toString();
    } catch (URISyntaxException impossible) {
      throw new IOException(operator + " is no address of an operator", impossible);
    }
  }

  /** Looking a name up may take long. */
  private static void aside(Runnable lookUp) {
    Thread.ofPlatform().name("link-lookup").daemon().start(lookUp);
  }

  private static String token(Path file) throws IOException {
    String token;
    try {
      if (Files.size(file) > MAX_TOKEN_BYTES) {
        throw new IOException("it is too long for a token");
      }
      token = Files.readString(file, StandardCharsets.US_ASCII).strip();
    } catch (IOException unreadable) {
      throw new IOException("the token file " + file + " " + why(unreadable), unreadable);
    }
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IOException("the token file " + file + " holds no token");
    }
    return token;
  }

  private static SslContext tls(Path caFile) throws IOException {
    try (InputStream authorities = Files.newInputStream(caFile)) {
      return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
          .protocols("TLSv1.3")
          .trustManager(authorities)
          .build();
    } catch (IllegalArgumentException noCertificates) {
      throw new IOException("the CA file " + caFile + " holds no certificate", noCertificates);
    } catch (IOException unreadable) {
      throw new IOException("the CA file " + caFile + " " + why(unreadable), unreadable);
    }
  }

  private static String why(IOException unreadable) {
    return unreadable instanceof NoSuchFileException
        ? "is not there"
        : "cannot be read: " + unreadable.getMessage();
  }
}
