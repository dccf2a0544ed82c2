package dev.pingcheck.cli.kubectl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A capture of a bad round, as the operator lists it.
 *
 * @param file its name
 * @param time of the round, RFC 3339
 * @param packets in it
 * @param bytes of the file
 */
record EvidenceFile(String file, String time, long packets, long bytes) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /**
   * Reads the operator's list.
   *
   * @throws Refusal if it is none
   */
  static List<EvidenceFile> list(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new Refusal(
          "the operator's list of captures cannot be read: is it of another version?");
    }
  }
}
