// What the operator tells, kept as it comes: rows by uid, who leads, and whether we hear of it.

import { nanos } from "./words.js";

const SILENCE = 40_000; // the operator says something each fifteen seconds
const AGAIN = 5_000;

export const rows = new Map();
export const operator = { role: "UNKNOWN", offset: 0 };
export const link = { state: "connecting", since: Date.now(), complete: false };

const listeners = new Set();
let changed = new Set();
let heard = Date.now();
let source = null;

/** Calls with the uids that have changed since the last call, at most once a frame. */
export function onChange(listener) {
  listeners.add(listener);
}

/** The operator's clock, in milliseconds: ages do not depend on the reader's. */
export const now = () => Date.now() + operator.offset;

let asked = false;
function tell() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const those = changed;
    changed = new Set();
    listeners.forEach((listener) => listener(those));
  });
}

function row([uid, namespace, name, hostname, address, state, reason, loss, rtt, round, since, sources]) {
  const text = [namespace, name, hostname, address, reason].join(" ").toLowerCase();
  return { uid, namespace, name, hostname, address, reason, loss, rtt, round, since, sources, state, text,
    rttNanos: nanos(rtt) };
}

function take(data) {
  if (data.anew) {
    rows.forEach((_, uid) => changed.add(uid));
    rows.clear();
    link.complete = false;
  }
  for (const line of data.rows) {
    rows.set(line[0], row(line));
    changed.add(line[0]);
  }
  for (const uid of data.gone) {
    rows.delete(uid);
    changed.add(uid);
  }
  if (data.left === 0) link.complete = true;
}

function hear(state) {
  heard = Date.now();
  if (link.state !== state) {
    link.state = state;
    link.since = heard;
  }
  tell();
}

function connect() {
  source?.close();
  source = new EventSource("api/changes");
  source.addEventListener("checks", (event) => {
    take(JSON.parse(event.data));
    hear("live");
  });
  source.addEventListener("operator", (event) => {
    const told = JSON.parse(event.data);
    operator.role = told.role;
    operator.offset = told.now - Date.now();
    hear("live");
  });
  source.onerror = () => {
    if (link.state !== "lost") {
      link.state = "lost";
      link.since = Date.now();
    }
    // The browser tries again by itself, unless it was refused.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, AGAIN);
    tell();
  };
}

export function start() {
  connect();
  setInterval(() => {
    if (Date.now() - heard > SILENCE && source.readyState === EventSource.OPEN) {
      heard = Date.now();
      link.state = "lost";
      connect();
    }
    tell();
  }, AGAIN);
}

/** One answer of the operator; the word of its refusal as the error. */
export async function fetchJson(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    const error = new Error((await response.text()).trim());
    error.status = response.status;
    throw error;
  }
  return response.json();
}

export const pathOf = (namespace, name) => `${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
