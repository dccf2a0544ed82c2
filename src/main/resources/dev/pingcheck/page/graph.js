// The smoke graph: bands of round-trip times around the median, which is coloured by loss, and the loss below it.

import { el, svg, table } from "./dom.js";
import { duration, percent, time } from "./words.js";

const WIDTH = 960;
const HEIGHT = 300;
const LEFT = 64;
const RIGHT = 12;
const TOP = 12;
const FOOT = 214; // where the times end
const LOSS_TOP = 228;
const LOSS_FOOT = 268;
const SPANS = [600, 1800, 3600, 10_800];
const MOST_LISTED = 60;

const LOSSES = [
  ["none", "nothing lost", (share) => share === 0],
  ["little", "up to 5 % lost", (share) => share > 0 && share <= 0.05],
  ["some", "up to 25 %", (share) => share > 0.05 && share <= 0.25],
  ["much", "up to 50 %", (share) => share > 0.25 && share <= 0.5],
  ["all", "more", (share) => share > 0.5],
];

/** Slots with the time at which each ends: where the next one begins, unless that is long after. */
function spans(slots, width) {
  const steps = slots.slice(1).map((slot, i) => slot[0] - slots[i][0]).sort((a, b) => a - b);
  const usual = Math.max(width, steps[Math.floor(steps.length / 2)] ?? width);
  return slots.map((slot, i) => {
    const next = slots[i + 1]?.[0] ?? Infinity;
    const [start, sent, lost, min, lower, median, upper, max] = slot;
    return { start, end: next - start <= 2.5 * usual ? next : start + usual, sent, lost, min, lower, median, upper, max };
  });
}

/** A round number a little above, so that lines stand at readable times. */
function step(most, lines) {
  const raw = most / lines;
  const size = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map((factor) => factor * size).find((each) => each >= raw);
}

/** The longest time that is drawn: a few outliers shall not flatten all others. */
function ceiling(points) {
  const maxima = points.filter((p) => p.max !== undefined).map((p) => p.max).sort((a, b) => a - b);
  return maxima.length === 0 ? 1e6 : 1.1 * maxima[Math.floor(0.98 * (maxima.length - 1))];
}

function band(points, x, y, low, high, name) {
  const boxes = points.filter((p) => p.median !== undefined).map((p) =>
    `M${x(p.start)} ${y(p[high])}H${x(p.end)}V${y(p[low])}H${x(p.start)}Z`);
  return boxes.length === 0 ? null : svg("path", { class: name, d: boxes.join("") });
}

function medians(points, x, y) {
  return LOSSES.map(([name, , fits]) => {
    const lines = points.filter((p) => p.median !== undefined && fits(p.lost / p.sent))
      .map((p) => `M${x(p.start)} ${y(p.median)}H${x(p.end)}`);
    return lines.length === 0 ? null : svg("path", { class: `median ${name}`, d: lines.join("") });
  });
}

function losses(points, x) {
  const bar = (p, share) => `M${x(p.start)} ${LOSS_FOOT}H${x(p.end)}V${LOSS_FOOT - share * (LOSS_FOOT - LOSS_TOP)}H${x(p.start)}Z`;
  const lost = points.filter((p) => p.lost > 0).map((p) => bar(p, Math.max(0.06, p.lost / p.sent)));
  const nameless = points.filter((p) => p.sent === 0).map((p) => bar(p, 0.4));
  return [
    lost.length === 0 ? null : svg("path", { class: "lost", d: lost.join("") }),
    nameless.length === 0 ? null : svg("path", { class: "nameless", d: nameless.join("") }),
  ];
}

function frame(x, y, most, from, to) {
  const parts = [];
  const each = step(most, 5);
  for (let ns = 0; ns <= most; ns += each) {
    parts.push(svg("path", { class: "grid", d: `M${LEFT} ${y(ns)}H${WIDTH - RIGHT}` }),
      svg("text", { x: LEFT - 6, y: y(ns) + 4, "text-anchor": "end" }, time(ns) || "0"));
  }
  const minutes = [1, 2, 5, 10, 15, 30, 60, 180, 360, 720, 1440, 2880, 5760].find((m) => (to - from) / (60 * m) <= 9);
  const style = minutes < 1440 ? { hour: "2-digit", minute: "2-digit" } : { month: "short", day: "numeric" };
  for (let at = Math.ceil(from / (60 * minutes)) * 60 * minutes; at <= to; at += 60 * minutes) {
    const label = new Date(at * 1000).toLocaleString([], style);
    parts.push(svg("path", { class: "grid", d: `M${x(at)} ${TOP}V${LOSS_FOOT}` }),
      svg("text", { x: x(at), y: LOSS_FOOT + 18, "text-anchor": "middle" }, label));
  }
  parts.push(svg("text", { x: LEFT - 6, y: LOSS_TOP + 12, "text-anchor": "end" }, "loss"));
  return parts;
}

function legend() {
  const line = (name) => svg("svg", { width: 22, height: 10, class: "graph-key", "aria-hidden": "true" },
    svg("g", { class: "graph" }, svg("path", { class: `median ${name}`, d: "M0 5H22" })));
  const box = (name) => svg("svg", { width: 22, height: 10, "aria-hidden": "true" },
    svg("g", { class: "graph" }, svg("path", { class: name, d: "M0 0H22V10H0Z" })));
  return el("ul", { class: "legend" },
    LOSSES.map(([name, text]) => el("li", {}, line(name), `median, ${text}`)),
    el("li", {}, box("core"), "the middle half of the times"), el("li", {}, box("smoke"), "shortest to longest"),
    el("li", {}, box("lost"), "lost"), el("li", {}, box("nameless"), "no address"));
}

function sum(points) {
  const sent = points.reduce((all, p) => all + p.sent, 0);
  const lost = points.reduce((all, p) => all + p.lost, 0);
  const timed = points.filter((p) => p.median !== undefined);
  const sorted = timed.map((p) => p.median).sort((a, b) => a - b);
  return { sent, lost, median: sorted[Math.floor(sorted.length / 2)],
    min: timed.length ? Math.min(...timed.map((p) => p.min)) : undefined,
    max: timed.length ? Math.max(...timed.map((p) => p.max)) : undefined };
}

function sentence(points, span) {
  const { sent, lost, median, min, max } = sum(points);
  if (points.length === 0) return "No round has ended since this operator began to remember.";
  const times = median === undefined ? "nothing came back"
    : `median ${time(median)}, from ${time(min)} to ${time(max)}`;
  return `Within ${duration(span)}: ${lost} of ${sent} echo requests lost${sent ? ` (${percent(lost, sent)})` : ""}; ${times}.`;
}

function listed(points) {
  const latest = points.slice(-MOST_LISTED).reverse();
  return el("details", {}, el("summary", {}, `The last ${latest.length} as a table`),
    el("div", { class: "scroll" }, table(["From", "Sent", "Lost", "Shortest", "Median", "Longest"],
      latest.map((p) => [new Date(p.start * 1000).toLocaleString(), p.sent, p.lost, time(p.min), time(p.median), time(p.max)]))));
}

/** The graph of what api/rounds or api/days tells, up to a time in seconds. */
export function smoke(rounds, now) {
  const points = spans(rounds.slots, rounds.width);
  const age = points.length === 0 ? 0 : now - points[0].start;
  const span = SPANS.find((each) => each >= age && rounds.length <= SPANS.at(-1)) ?? rounds.length;
  const from = now - span;
  const shown = points.filter((p) => p.end > from).map((p) => ({ ...p, start: Math.max(p.start, from), end: Math.min(p.end, now) }))
    .filter((p) => p.end > p.start);
  const most = ceiling(shown);
  const round = (number) => Math.round(number * 10) / 10;
  const x = (at) => round(LEFT + ((at - from) / span) * (WIDTH - LEFT - RIGHT));
  const y = (ns) => round(FOOT - (Math.min(ns, most) / most) * (FOOT - TOP));
  const words = sentence(shown, span);
  const picture = svg("svg", { class: "graph", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words, id: "smoke" },
    frame(x, y, most, from, now), band(shown, x, y, "min", "max", "smoke"), band(shown, x, y, "lower", "upper", "core"),
    medians(shown, x, y), losses(shown, x));
  return [el("p", { id: "smoke-words" }, words), picture, legend(), listed(points)];
}
