package dev.pingcheck.link;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times between java.time and the messages. */
final class Times {
  private Times() {}

  static Timestamp encode(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /**
   * @throws java.time.DateTimeException if no Instant is that far away
   */
  static Instant decode(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static com.google.protobuf.Duration encode(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /**
   * @throws ArithmeticException if it is too long
   */
  static Duration decode(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
