// The list of all checks. Only what is in view is in the page: ten thousand checks are some forty rows.

import { byId, el, setText } from "./dom.js";
import { now, onChange, rows } from "./store.js";
import { duration, STATES, STATE_WORDS, time } from "./words.js";

const HEIGHT = 32; // of a row, as in page.css
const SPARE = 6;

const byName = (a, b) => compare(a.namespace, b.namespace) || compare(a.name, b.name);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
// What is not known comes last, whichever way the others are sorted.
const known = (value) => (a, b) => {
  const [x, y] = [value(a), value(b)];
  if (x === null || x === undefined) return y === null || y === undefined ? 0 : 1;
  return y === null || y === undefined ? -1 : null;
};
const by = (value) => (a, b, sign) => known(value)(a, b) ?? sign * compare(value(a), value(b));

const COLUMNS = [
  { id: "state", head: "State", text: (r) => STATE_WORDS[r.state], sort: (a, b, sign) =>
    sign * (STATES.indexOf(a.state) - STATES.indexOf(b.state)) || (b.loss ?? -1) - (a.loss ?? -1) },
  { id: "namespace", head: "Namespace", text: (r) => r.namespace, sort: by((r) => r.namespace), wide: true },
  { id: "name", head: "Name", text: (r) => r.name, sort: by((r) => r.name) },
  { id: "hostname", head: "Host", text: (r) => r.hostname ?? "", sort: by((r) => r.hostname) },
  { id: "address", head: "Address", text: (r) => r.address ?? "", sort: by((r) => r.address), wide: true },
  { id: "reason", head: "Reason", text: (r) => r.reason, sort: by((r) => r.reason) },
  { id: "loss", head: "Loss", text: (r) => (r.loss === null ? "" : `${r.loss} %`), sort: by((r) => r.loss),
    number: true, down: true },
  { id: "rtt", head: "RTT", text: (r) => time(r.rttNanos), sort: by((r) => r.rttNanos), number: true, down: true },
  { id: "round", head: "Round", text: (r) => (r.round === null ? "" : `${duration((now() - r.round) / 1000)}`),
    sort: by((r) => r.round), number: true, wide: true },
];

const pool = [];
let view = [];
let order = { column: COLUMNS[0], sign: 1 };
let chosen = null;
let open = () => {};

const grid = () => byId("grid");
const port = () => byId("rows");

/** Which uids are shown, in their order. */
function sift() {
  const words = byId("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const namespace = byId("namespace").value;
  const state = byId("state").value;
  view = [...rows.values()].filter((row) =>
    (!namespace || row.namespace === namespace) && (!state || row.state === state)
      && words.every((word) => row.text.includes(word)));
  view.sort((a, b) => order.column.sort(a, b, order.sign) || byName(a, b));
}

function newRow() {
  const cells = COLUMNS.map((column, index) =>
    el("div", { role: "gridcell", class: classOf(column), "aria-colindex": index + 1 }));
  const state = el("span", { class: "state" });
  cells[0].append(state);
  const node = el("div", { class: "row", role: "row" }, cells);
  byId("tall").append(node);
  return { node, cells: [state, ...cells.slice(1)], uid: null };
}

const classOf = (column) => [column.number && "number", column.wide && "wide"].filter(Boolean).join(" ") || null;

function show(slot, row, index) {
  slot.uid = row.uid;
  slot.node.hidden = false;
  slot.node.id = `row-${row.uid}`;
  slot.node.style.transform = `translateY(${index * HEIGHT}px)`;
  slot.node.setAttribute("aria-rowindex", index + 2);
  slot.node.setAttribute("aria-selected", row.uid === chosen);
  slot.node.dataset.check = `${row.namespace}/${row.name}`;
  slot.cells[0].className = `state ${row.state}`;
  COLUMNS.forEach((column, i) => {
    const text = column.text(row);
    setText(slot.cells[i], text);
    slot.cells[i].title = text;
  });
}

/** Draws the rows that are in view, into elements that are there already. */
function draw() {
  const first = Math.max(0, Math.floor(port().scrollTop / HEIGHT) - SPARE);
  const last = Math.min(view.length, Math.ceil((port().scrollTop + port().clientHeight) / HEIGHT) + SPARE);
  byId("tall").style.height = `${view.length * HEIGHT}px`;
  grid().setAttribute("aria-rowcount", view.length + 1);
  while (pool.length < last - first) pool.push(newRow());
  // Ids are unique also while rows change places.
  pool.forEach((slot) => slot.node.removeAttribute("id"));
  pool.forEach((slot, i) => {
    if (first + i < last) {
      show(slot, view[first + i], first + i);
    } else {
      slot.node.hidden = true;
      slot.uid = null;
    }
  });
  const isDrawn = chosen !== null && pool.some((slot) => slot.uid === chosen);
  if (isDrawn) grid().setAttribute("aria-activedescendant", `row-${chosen}`);
  else grid().removeAttribute("aria-activedescendant");
  byId("nothing").hidden = view.length > 0 || rows.size === 0;
}

function choose(index) {
  if (view.length === 0) return;
  const at = Math.max(0, Math.min(view.length - 1, index));
  chosen = view[at].uid;
  const top = at * HEIGHT;
  if (top < port().scrollTop) port().scrollTop = top;
  const bottom = top + HEIGHT - port().clientHeight;
  if (bottom > port().scrollTop) port().scrollTop = bottom;
  draw();
}

const chosenIndex = () => view.findIndex((row) => row.uid === chosen);

function onKey(event) {
  const page = Math.max(1, Math.floor(port().clientHeight / HEIGHT) - 1);
  const at = chosenIndex();
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? 0 : at - 1, PageDown: at + page, PageUp: at - page,
    Home: 0, End: view.length - 1 }[event.key];
  if (to !== undefined) {
    choose(to);
    event.preventDefault();
  } else if (event.key === "Enter" && at >= 0 && event.target === grid()) {
    open(view[at]);
    event.preventDefault();
  }
}

function drawHeads() {
  byId("heads").replaceChildren(...COLUMNS.map((column, index) => {
    const isSorted = order.column === column;
    const mark = isSorted ? (order.sign > 0 ? " ▲" : " ▼") : "";
    const sort = isSorted ? (order.sign > 0 ? "ascending" : "descending") : "none";
    const label = isSorted && column.id === "state" && order.sign > 0 ? "State, worst first" : column.head;
    return el("div", { role: "columnheader", class: classOf(column), "aria-colindex": index + 1, "aria-sort": sort },
      el("button", { type: "button", "data-sort": column.id, "aria-label": label, onclick: () => sortBy(column) },
        `${column.head}${mark}`));
  }));
}

function sortBy(column) {
  const isSame = order.column === column;
  order = { column, sign: isSame ? -order.sign : column.down ? -1 : 1 };
  drawHeads();
  byId("heads").querySelector(`[data-sort="${column.id}"]`).focus();
  refresh();
}

function options(select, values) {
  const wanted = ["", ...values];
  const present = [...select.options].map((option) => option.value);
  if (wanted.join("\n") === present.join("\n")) return;
  const before = select.value;
  select.replaceChildren(el("option", { value: "" }, "all"),
    ...values.map((value) => el("option", { value }, STATE_WORDS[value] ?? value)));
  select.value = wanted.includes(before) ? before : "";
}

function count() {
  const counts = Object.fromEntries(STATES.map((state) => [state, 0]));
  const namespaces = new Set();
  for (const row of rows.values()) {
    counts[row.state]++;
    namespaces.add(row.namespace);
  }
  options(byId("namespace"), [...namespaces].sort());
  options(byId("state"), STATES);
  const parts = STATES.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${state}`);
  setText(byId("counts"), `${view.length} of ${rows.size} shown · ${parts.join(" · ") || "no check yet"}`);
}

function refresh() {
  sift();
  count();
  draw();
}

/** Prepares the list; opens a check by what it is given. */
export function start(opener) {
  open = opener;
  drawHeads();
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("filters").addEventListener("input", () => {
    port().scrollTop = 0;
    refresh();
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "Enter") {
      grid().focus();
      choose(0);
      event.preventDefault();
    }
  });
  port().addEventListener("scroll", draw, { passive: true });
  grid().addEventListener("keydown", onKey);
  grid().addEventListener("focus", () => chosen === null && choose(0));
  byId("tall").addEventListener("click", (event) => {
    const slot = pool.find((each) => each.node.contains(event.target));
    const row = slot && rows.get(slot.uid);
    if (row) {
      chosen = row.uid;
      open(row);
    }
  });
  new ResizeObserver(draw).observe(port());
  onChange(() => !byId("list").hidden && refresh());
}

/** The list comes into view again. */
export function enter() {
  byId("list").hidden = false;
  refresh();
  grid().focus({ preventScroll: true });
}
