package dev.pingcheck.report.events;

import dev.pingcheck.crd.PingCheck;
import dev.pingcheck.crd.UnconfirmedEvent;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Writes events.k8s.io/v1 events under a name that follows from check, reason and time of the
 * crossing: whoever says a crossing again, after a restart or on another replica, meets the event
 * that is there already.
 */
public final class EventWriter {

  /** The longest note that the API takes, in characters. */
  private static final int LONGEST_NOTE = 1024;

  /** The longest object name (RFC 1123 subdomain) less the dot and the sixteen digits behind it. */
  private static final int LONGEST_STEM = 253 - 17;

  /** MicroTime wants exactly six decimals. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final System.Logger LOG = System.getLogger(EventWriter.class.getName());

  private final KubernetesClient client;
  private final String instance;

  /**
   * @param instance which replica says it: the pod's name, at most 128 characters
   */
  public EventWriter(KubernetesClient client, String instance) {
    this.client = client;
    this.instance = instance;
  }

  /**
   * Says one crossing. Returning means that there is nothing left to say: it is written now, it was
   * before, or its namespace is going away.
   *
   * @throws KubernetesClientException if the API server did not take it and may later
   */
  public void say(PingCheck check, UnconfirmedEvent crossing) {
    Event event = event(check, crossing);
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      if (isOver(e)) {
        LOG.log(System.Logger.Level.DEBUG, "event {0}: {1}", name(check, crossing), e.getMessage());
        return;
      }
      throw e;
    }
  }

  /** A conflict of another reason is none of ours and passes: only the taken name tells that. */
  private static boolean isOver(KubernetesClientException e) {
    String reason = e.getStatus() == null ? "" : String.valueOf(e.getStatus().getReason());
    boolean thereAlready = reason.equals("AlreadyExists");
    boolean namespaceGone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND && isAboutNamespace(e);
    boolean namespaceGoing =
        e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
            && String.valueOf(e.getMessage()).contains("being terminated");
    return thereAlready || namespaceGone || namespaceGoing;
  }

  private static boolean isAboutNamespace(KubernetesClientException e) {
    return e.getStatus() != null
        && e.getStatus().getDetails() != null
        && "namespaces".equals(e.getStatus().getDetails().getKind());
  }

  private Event event(PingCheck check, UnconfirmedEvent crossing) {
    String note = crossing.getNote();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(check.getMetadata().getNamespace())
        .withName(name(check, crossing))
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(crossing.getTime())))
        .withReportingController("pingcheck.dev/operator")
        .withReportingInstance(instance)
        .withAction("Ping")
        .withType(crossing.getType())
        .withReason(crossing.getReason())
        .withNote(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(check.getApiVersion())
                .withKind(check.getKind())
                .withNamespace(check.getMetadata().getNamespace())
                .withName(check.getMetadata().getName())
                .withUid(check.getMetadata().getUid())
                .build())
        .build();
  }

  /** The name under which this crossing is said by everyone, always. */
  static String name(PingCheck check, UnconfirmedEvent crossing) {
    String stem = check.getMetadata().getName();
    String identity =
        check.getMetadata().getUid() + '\n' + crossing.getReason() + '\n' + crossing.getTime();
    return (stem.length() <= LONGEST_STEM
            ? stem
            : stem.substring(0, LONGEST_STEM).replaceAll("[-.]+$", ""))
        + "."
        + HexFormat.of().toHexDigits(ByteBuffer.wrap(sha256(identity)).getLong());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
