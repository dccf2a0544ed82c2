// One check in depth.

import { byId, el, table } from "./dom.js";
import { smoke } from "./graph.js";
import { fetchJson, now, onChange, pathOf, rows } from "./store.js";
import { clockTime, duration, STATE_WORDS } from "./words.js";

const DAYS_PACE = 60_000;
const PACE = 2_000; // between two looks at a check that changes
let shown = null; // { namespace, name, parts, due, busy }

const ago = (text) => (text ? `${duration((now() - Date.parse(text)) / 1000)} ago` : "");
const when = (text) => (text ? el("time", { datetime: text, title: text }, clockTime(text)) : "");

function command(text) {
  const said = el("span", { role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(code); // where the browser allows no copying, Ctrl-C does
      said.textContent = "chosen: press Ctrl-C";
    }
  };
  const code = el("code", {}, text);
  return el("div", { class: "command" }, code,
    el("button", { type: "button", "aria-label": `Copy ${text}`, onclick: copy }, "Copy"), said);
}

function commands(namespace, name) {
  return [
    command(`kubectl -n ${namespace} describe pingcheck ${name}`),
    command(`kubectl -n ${namespace} edit pingcheck ${name}`),
  ];
}

function facts(pairs) {
  return el("dl", { class: "facts" }, pairs.filter(([, value]) => value !== undefined && value !== null && value !== "")
    .flatMap(([word, value]) => [el("dt", {}, word), el("dd", {}, value)]));
}

function summary(check) {
  const { spec, status } = check;
  const row = rows.get(check.uid);
  const round = status.lastRound ?? {};
  const lost = Object.entries(round.lost ?? {}).map(([reason, count]) => `${reason} ${count}`).join(", ");
  const state = row?.state ?? "unknown";
  return facts([
    ["State", el("span", {}, el("span", { class: `state ${state}`, id: "check-state" }, STATE_WORDS[state]), ` ${row?.reason ?? ""}`)],
    ["Host", spec.hostname],
    ["Address", status.addressCount ? `${status.address} (worst of ${status.addressCount})` : status.address],
    ["Every", status.period && `${status.period}: ${spec.count ?? 4} echo requests, ${spec.interval ?? "1s"} apart, timeout ${spec.timeout ?? "2s"}`],
    ["Last round", round.startTime && el("span", {}, when(round.startTime), ` (${ago(round.startTime)}): ${round.received} of ${round.sent} received`)],
    ["Round-trip time", round.rtt && `${round.rtt.min} / ${round.rtt.avg} / ${round.rtt.max}, jitter ${round.rtt.jitter}`],
    ["Lost", lost],
    ["Last timeout", status.lastTimeoutTime && el("span", {}, when(status.lastTimeoutTime), ` (${ago(status.lastTimeoutTime)})`)],
    ["Bad rounds in a row", status.consecutiveFailures || ""],
  ]);
}

const CONDITION_STATES = { True: "healthy", False: "failing", Unknown: "unknown" };

function conditions(status) {
  const list = status.conditions ?? [];
  if (list.length === 0) return el("p", { class: "dim" }, "Nobody has judged this check yet.");
  return el("div", { class: "scroll" }, table(["Condition", "Status", "Reason", "Since", "Message"], list.map((c) => [
    c.type, el("span", { class: `state ${CONDITION_STATES[c.status] ?? "unknown"}` }, c.status), c.reason,
    when(c.lastTransitionTime), c.message])));
}

function outages(status) {
  const list = status.outages ?? [];
  if (list.length === 0) return el("p", { class: "dim" }, "None is known.");
  return table(["From", "Until", "For", "Reason"], list.map((o) => [
    when(o.start), o.end ? when(o.end) : "it lasts",
    duration(((o.end ? Date.parse(o.end) : now()) - Date.parse(o.start)) / 1000), o.reason]));
}

const EVENT_SIGNS = { Warning: "warning", Normal: "normal" };

function events({ namespace, name, events: known }) {
  const ask = command(`kubectl -n ${namespace} get events.events.k8s.io --field-selector regarding.name=${name}`);
  if (!known.leads) {
    return [el("p", {}, "Only the operator that leads remembers events, and this one does not lead. The API server has them:"), ask];
  }
  const last = known.last.map((e) => [
    when(e.time), el("span", { class: `state ${EVENT_SIGNS[e.type] ?? "unknown"}` }, e.type), e.reason, e.note]);
  return [
    el("p", {}, "This operator has led since ", when(known.leads), `, and remembers the last ${known.most} events of a check since `,
      known.since === known.leads ? "then" : when(known.since), last.length === 0 ? "; of this one there was none." : "."),
    last.length === 0 ? "" : el("div", { class: "scroll" }, table(["When", "Type", "Reason", "Note"], last)),
    el("p", {}, "Older ones, for as long as the API server keeps them:"), ask];
}

function transitions(status) {
  const told = (status.unconfirmedEvents ?? []).map((e) => [e.time, e.reason, e.note]);
  const turns = (status.conditions ?? []).map((c) => [c.lastTransitionTime, `${c.type} became ${c.status}`, c.reason]);
  const ends = (status.outages ?? []).flatMap((o) => [[o.start, `${o.reason} began`, ""], ...(o.end ? [[o.end, `${o.reason} ended`, ""]] : [])]);
  const all = [...told, ...turns, ...ends].filter(([at]) => at).sort((a, b) => Date.parse(b[0]) - Date.parse(a[0]));
  return table(["When", "What", "Why"], all.slice(0, 20).map(([at, what, why]) => [when(at), what, why ?? ""]));
}

function several(title, heads, list) {
  return list.length === 0 ? [] : [el("h3", {}, title), el("div", { class: "scroll" }, table(heads, list))];
}

function addresses(status) {
  return several("Addresses", ["Address", "Sent", "Received", "Loss", "RTT", "Reason"], (status.addresses ?? []).map((a) =>
    [a.address, a.sent, a.received, a.lossPercent === undefined ? "" : `${a.lossPercent} %`, a.rtt?.avg, a.reason]));
}

function sources(status) {
  return several("Seen from", ["Node", "Healthy", "Address", "Loss", "RTT", "Reason"], (status.sources ?? []).map((s) =>
    [s.node, el("span", { class: `state ${CONDITION_STATES[s.healthy === undefined ? "Unknown" : s.healthy ? "True" : "False"]}` },
      s.healthy === undefined ? "Unknown" : s.healthy ? "True" : "False"),
    s.address, s.lossPercent === undefined ? "" : `${s.lossPercent} %`, s.rtt, s.reason]));
}

function evidence(list, at) {
  if (list.length === 0) return [];
  return [el("h3", {}, "Evidence"), table(["When", "Packets", "Octets", "File"], list.map((each) => [
    when(each.time), each.packets, each.bytes,
    el("a", { href: `api/evidence/${at}/${encodeURIComponent(each.file)}`, download: each.file }, each.file)]))];
}

/** The last hours as they are known here, or days of which Prometheus is asked, and not at each round. */
async function past(mine, at) {
  if (!mine.days) return fetchJson(`api/rounds/${at}`);
  if (!mine.kept || Date.now() > mine.kept.until) {
    // Without an answer the page goes on, and says why.
    const rounds = await fetchJson(`api/days/${mine.days}/${at}`)
      .catch((error) => ({ width: 1, length: mine.days * 86_400, slots: [], trouble: error.message }));
    mine.kept = { rounds, until: Date.now() + DAYS_PACE };
  }
  return mine.kept.rounds;
}

function spans(parts, days) {
  if (days.length === 0 || parts.span.childElementCount > 0) return;
  const choose = (event) => {
    shown.days = Number(event.target.value);
    shown.kept = null;
    shown.due = 0;
    load();
  };
  parts.span.append(el("label", {}, "Show ", el("select", { id: "span", onchange: choose },
    el("option", { value: 0 }, "the last hours"),
    days.map((each) => el("option", { value: each }, each === 1 ? "1 day" : `${each} days`)))));
}

async function load() {
  const mine = shown;
  if (!mine || mine.busy) return;
  mine.busy = true;
  mine.changed = false;
  mine.due = Date.now() + PACE;
  const at = pathOf(mine.namespace, mine.name);
  try {
    const [check, rounds] = await Promise.all([fetchJson(`api/checks/${at}`), past(mine, at)]);
    // Where nothing is captured there is nobody to ask.
    const files = check.spec.capture ? await fetchJson(`api/evidence/${at}`).catch(() => []) : [];
    if (shown !== mine) return;
    mine.uid = check.uid;
    draw(mine.parts, check, rounds, files, at);
  } catch (error) {
    if (shown === mine) mine.parts.words.textContent = error.status ? error.message : "The operator does not answer; trying again.";
    mine.due = Date.now() + 5 * PACE;
  } finally {
    mine.busy = false;
  }
}

function draw(parts, check, rounds, files, at) {
  const isListOpen = parts.graph.querySelector("details")?.open;
  parts.words.textContent = rounds.trouble ?? "";
  spans(parts, check.days);
  parts.facts.replaceChildren(summary(check));
  parts.graph.replaceChildren(...smoke(rounds, now() / 1000));
  if (isListOpen) parts.graph.querySelector("details").open = true;
  parts.rest.replaceChildren(el("h3", {}, "Conditions"), conditions(check.status), ...addresses(check.status),
    ...sources(check.status), el("h3", {}, "Outages"), outages(check.status));
  showNews(parts.events, check.events, () => events(check));
  parts.changes.replaceChildren(el("h3", {}, "Last changes"), transitions(check.status));
  showNews(parts.evidence, files, () => evidence(files, at));
}

/** Only what is new is drawn: whoever is about to follow a link or to copy a line keeps it. */
function showNews(part, what, make) {
  const news = JSON.stringify(what);
  if (part.shows === news) return;
  part.shows = news;
  part.replaceChildren(...make());
}

/** Shows a check. */
export function enter(namespace, name) {
  const parts = { words: el("p", { role: "status" }, "Loading …"), facts: el("div"), span: el("p"), graph: el("div"), rest: el("div"),
    events: el("div", { id: "events" }), changes: el("div"), evidence: el("div") };
  shown = { namespace, name, parts, due: 0, changed: false, busy: false, uid: null, days: 0, kept: null };
  const title = el("h2", { id: "check-title", tabindex: "-1" }, `${namespace} / ${name}`);
  byId("check").replaceChildren(el("p", {}, el("a", { href: "#/" }, "← All checks")), title, parts.words, parts.facts,
    el("h3", {}, "Round-trip times and loss"), parts.span, parts.graph, parts.rest, el("h3", {}, "Events"), parts.events,
    parts.changes, parts.evidence, el("h3", {}, "On a terminal"), ...commands(namespace, name));
  byId("check").hidden = false;
  title.focus({ preventScroll: true });
  load();
}

export function leave() {
  shown = null;
  byId("check").hidden = true;
  byId("check").replaceChildren();
}

/** A change that comes too soon after the last look is not missed, but looked at when it is time. */
function loadIfDue() {
  if (shown && Date.now() >= shown.due + (shown.changed ? 0 : 2 * PACE)) load();
}

export function start() {
  onChange((uids) => {
    if (!shown || !(uids.has(shown.uid) || shown.uid === null)) return;
    shown.changed = true;
    loadIfDue();
  });
  setInterval(loadIfDue, PACE / 4);
}
