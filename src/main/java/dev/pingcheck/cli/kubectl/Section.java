package dev.pingcheck.cli.kubectl;

import java.util.List;

/**
 * A part of a page.
 *
 * @param lines none: the part is left out
 */
record Section(String title, List<String> lines) {}
