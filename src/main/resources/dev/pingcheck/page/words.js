// How things are called, and how numbers are written.

/** From the worst to the best. */
export const STATES = ["failing", "refused", "unknown", "pending", "healthy", "suspended"];

export const STATE_WORDS = {
  failing: "Failing", refused: "Refused", unknown: "Unknown", pending: "Pending",
  healthy: "Healthy", suspended: "Suspended",
};

const UNITS = { ns: 1, "µs": 1e3, "μs": 1e3, us: 1e3, ms: 1e6, s: 1e9 };

/** Nanoseconds of a text such as 1.234ms; null for none. */
export function nanos(text) {
  const parts = /^([0-9.]+)(ns|µs|μs|us|ms|s)$/.exec(text ?? "");
  return parts ? Number(parts[1]) * UNITS[parts[2]] : null;
}

/** Such as 1.23 ms. */
export function time(ns) {
  if (ns === null || ns === undefined) return "";
  const [unit, size] = ns < 1e3 ? ["ns", 1] : ns < 1e6 ? ["µs", 1e3] : ns < 1e9 ? ["ms", 1e6] : ["s", 1e9];
  return `${Number((ns / size).toPrecision(3))} ${unit}`;
}

/** Such as 25 %; with parts of one, as 0.1 % is not nothing. */
export function percent(part, whole) {
  if (!whole) return "";
  const share = (100 * part) / whole;
  return `${share === 0 || share >= 1 ? Math.round(share * 10) / 10 : share.toPrecision(1)} %`;
}

/** How long that is, in the two largest units. */
export function duration(seconds) {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  if (s < 86400) return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** A time of the API, in the reader's time zone; the exact one is its title. */
export function clockTime(text) {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? String(text ?? "") : date.toLocaleString();
}
