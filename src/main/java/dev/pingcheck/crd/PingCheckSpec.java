package dev.pingcheck.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What to ping, how often, and from when on its answers are too bad. Absent fields are null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
@ValidationRule(
    value = Rules.ROUND_FITS,
    message = Rules.ROUND_FITS_SENTENCE,
    fieldPath = ".period")
@ValidationRule(
    value = Rules.FAMILY_FITS,
    message = Rules.FAMILY_FITS_SENTENCE,
    fieldPath = ".ipFamily")
@ValidationRule(
    value = Rules.RTT_FITS,
    message = Rules.RTT_FITS_SENTENCE,
    fieldPath = ".thresholds.rtt")
public class PingCheckSpec {
  @JsonPropertyDescription(
      "What to ping: a DNS name such as gw.example.com, or an IPv4 or IPv6 address such "
          + "as 192.0.2.1 or 2001:db8::1. Bare, without scheme, port, path, brackets or zone; "
          + "an internationalised name in its ASCII form (xn--...).")
  @Required
  @Size(max = 253)
  @ValidationRule(value = Rules.HOSTNAME_ASCII, message = Rules.HOSTNAME_ASCII_SENTENCE)
  @ValidationRule(value = Rules.HOSTNAME_BARE, message = Rules.HOSTNAME_BARE_SENTENCE)
  @ValidationRule(value = Rules.HOSTNAME_UNDERSCORE, message = Rules.HOSTNAME_UNDERSCORE_SENTENCE)
  @ValidationRule(value = Rules.HOSTNAME_MAPPED, message = Rules.HOSTNAME_MAPPED_SENTENCE)
  @ValidationRule(value = Rules.HOSTNAME_LABELS, message = Rules.HOSTNAME_LABELS_SENTENCE)
  @ValidationRule(value = Rules.HOSTNAME_NUMERIC, message = Rules.HOSTNAME_NUMERIC_SENTENCE)
  private String hostname;

  @JsonPropertyDescription("Echo requests a round and address: 1 to 1000, 4 if absent.")
  @Default("4")
  @Min(1)
  @Max(1000)
  private Integer count;

  @JsonPropertyDescription(
      "From one echo request of a round to the next: 10ms to 1h, 1s if absent. A number "
          + "and a unit, such as 500ms, 0.2s or 1m30s.")
  @Default("1s")
  @Size(max = 32)
  @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_SENTENCE)
  @ValidationRule(value = Rules.INTERVAL, message = Rules.INTERVAL_SENTENCE)
  private String interval;

  @JsonPropertyDescription(
      "From the start of one round to the start of the next: 1s to 24h, and at least "
          + "interval x (count - 1), so that a round is sent before the next one starts. If "
          + "absent: 30s, or count x interval where that is longer.")
  @Size(max = 32)
  @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_SENTENCE)
  @ValidationRule(value = Rules.PERIOD, message = Rules.PERIOD_SENTENCE)
  private String period;

  @JsonPropertyDescription(
      "How long each echo request waits for its own reply: 10ms to 1m, 2s if absent. A "
          + "later reply counts as late and never as received.")
  @Default("2s")
  @Size(max = 32)
  @ValidationRule(value = Rules.DURATION, message = Rules.DURATION_SENTENCE)
  @ValidationRule(value = Rules.TIMEOUT, message = Rules.TIMEOUT_SENTENCE)
  private String timeout;

  @JsonPropertyDescription(
      "Which addresses of the name count. Any: IPv6 and IPv4 in the order of RFC 6724; "
          + "IPv4 or IPv6: that family alone; DualStack: both families, judged apart. For a "
          + "hostname that is an address: Any or its own family. Any if absent.")
  @Default("Any")
  @SchemaFrom(type = IpFamily.class)
  private String ipFamily;

  @JsonPropertyDescription(
      "What to do with a name of several addresses. First: ping the first; All: ping "
          + "each, and judge by the worst. First if absent.")
  @Default("First")
  @SchemaFrom(type = Addresses.class)
  private String addresses;

  @JsonPropertyDescription(
      "Octets behind the ICMP header: 16 (the room of the time stamp and of the cookie "
          + "that proves a reply) to 65507 (the most that fits an IPv4 packet), 56 if absent.")
  @Default("56")
  @Min(16)
  @Max(65507)
  private Integer payloadSize;

  @JsonPropertyDescription(
      "Time to live (IPv4) or hop limit (IPv6) of the echo requests: 1 to 255, 64 if " + "absent.")
  @Default("64")
  @Min(1)
  @Max(255)
  private Integer ttl;

  @JsonPropertyDescription(
      "Differentiated services code point of the echo requests (RFC 2474): 0 to 63, 0 if "
          + "absent.")
  @Default("0")
  @Min(0)
  @Max(63)
  private Integer dscp;

  @JsonPropertyDescription(
      "Whether to forbid that a router fragments the echo requests (the DF bit of IPv4; "
          + "IPv6 routers never do). One that is too big for the path is then lost as "
          + "PacketTooBig. false if absent.")
  @Default("false")
  private Boolean dontFragment;

  @JsonPropertyDescription(
      "From when on a round is too bad, and how many of them make the check unhealthy or "
          + "healthy again.")
  @Default("{}")
  private Thresholds thresholds;

  @JsonPropertyDescription(
      "Where the echo requests are sent from. If absent: from one of the central probes, which is "
          + "the one beside the operator where there are no others.")
  private ProbeSource from;

  @JsonPropertyDescription(
      "Whether to keep packets. Never; OnLoss: when a round crosses the loss threshold, its echo "
          + "requests, their replies and the ICMP errors that quote them become a file, which the "
          + "event names. Never if absent.")
  @Default("Never")
  @SchemaFrom(type = Capture.class)
  private String capture;

  @JsonPropertyDescription(
      "Whether to stop the echo requests for now. The last figures stay in the status. "
          + "false if absent.")
  @Default("false")
  private Boolean suspend;

  public String getHostname() {
    return hostname;
  }

  public void setHostname(String hostname) {
    this.hostname = hostname;
  }

  public Integer getCount() {
    return count;
  }

  public void setCount(Integer count) {
    this.count = count;
  }

  public String getInterval() {
    return interval;
  }

  public void setInterval(String interval) {
    this.interval = interval;
  }

  public String getPeriod() {
    return period;
  }

  public void setPeriod(String period) {
    this.period = period;
  }

  public String getTimeout() {
    return timeout;
  }

  public void setTimeout(String timeout) {
    this.timeout = timeout;
  }

  public String getIpFamily() {
    return ipFamily;
  }

  public void setIpFamily(String ipFamily) {
    this.ipFamily = ipFamily;
  }

  public String getAddresses() {
    return addresses;
  }

  public void setAddresses(String addresses) {
    this.addresses = addresses;
  }

  public Integer getPayloadSize() {
    return payloadSize;
  }

  public void setPayloadSize(Integer payloadSize) {
    this.payloadSize = payloadSize;
  }

  public Integer getTtl() {
    return ttl;
  }

  public void setTtl(Integer ttl) {
    this.ttl = ttl;
  }

  public Integer getDscp() {
    return dscp;
  }

  public void setDscp(Integer dscp) {
    this.dscp = dscp;
  }

  public Boolean getDontFragment() {
    return dontFragment;
  }

  public void setDontFragment(Boolean dontFragment) {
    this.dontFragment = dontFragment;
  }

  public Thresholds getThresholds() {
    return thresholds;
  }

  public void setThresholds(Thresholds thresholds) {
    this.thresholds = thresholds;
  }

  public ProbeSource getFrom() {
    return from;
  }

  public void setFrom(ProbeSource from) {
    this.from = from;
  }

  public String getCapture() {
    return capture;
  }

  public void setCapture(String capture) {
    this.capture = capture;
  }

  public Boolean getSuspend() {
    return suspend;
  }

  public void setSuspend(Boolean suspend) {
    this.suspend = suspend;
  }
}
