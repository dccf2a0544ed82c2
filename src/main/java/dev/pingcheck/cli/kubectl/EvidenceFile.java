package dev.pingcheck.cli.kubectl;

import com.fasterxml.jackson.core.type.TypeReference;
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

  /**
   * Reads the operator's list.
   *
   * @throws Refusal if it is none
   */
  static List<EvidenceFile> list(String json) {
    return Json.read(json, new TypeReference<>() {}, "list of captures");
  }
}
