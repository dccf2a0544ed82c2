// From which node what is reached: the checks that name nodes.

import { byId, el, setText } from "./dom.js";
import { fetchJson, pathOf } from "./store.js";
import { STATE_WORDS } from "./words.js";

const PACE = 5_000;
let timer = null;

const nameOf = (check) => `${check.namespace}/${check.name}`;

function cell(check, node) {
  const seen = check.cells[node];
  if (!seen && check.unlisted) return el("td", { title: `one of the ${check.unlisted} that are not listed, or none` }, el("span", { class: "dim" }, "…"));
  if (!seen) return el("td", {}, el("span", { class: "dim" }, "–"));
  const words = [STATE_WORDS[seen.state], seen.loss && `${seen.loss} lost`, seen.rtt, seen.reason].filter(Boolean).join(", ");
  return el("td", {}, el("a", { href: `#/check/${pathOf(check.namespace, check.name)}`, "data-cell": "",
    "aria-label": `${nameOf(check)} from ${node}: ${words}`, title: words },
  el("span", { class: `state ${seen.state}` }, seen.loss ?? STATE_WORDS[seen.state])));
}

function line(check, nodes) {
  const unlisted = check.unlisted > 0 && [el("br"), el("span", { class: "dim" }, `and ${check.unlisted} more nodes, none worse`)];
  return el("tr", {},
    el("th", { scope: "row" }, nameOf(check), el("br"), el("span", { class: "dim" }, check.hostname), unlisted || []),
    nodes.map((node) => cell(check, node)));
}

/** The box stays as it is, and so does how far it is scrolled. */
function box() {
  let there = byId("matrix").querySelector(".scroll");
  if (!there) {
    there = el("div", { class: "scroll" });
    byId("matrix").replaceChildren(title(), there, el("p", {}));
  }
  return there;
}

function title() {
  return el("h2", { id: "matrix-title", tabindex: "-1" }, "From node to target");
}

function draw(told) {
  const before = document.activeElement?.getAttribute("aria-label")?.split(":")[0];
  const more = [told.moreChecks && `${told.moreChecks} more checks`, told.moreNodes && `${told.moreNodes} more nodes`].filter(Boolean);
  const heads = told.nodes.map((node) => el("th", { scope: "col" }, node));
  box().replaceChildren(told.checks.length === 0
    ? el("p", {}, "No check names nodes in spec.from, so there is nothing to compare.")
    : el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Check"), heads)),
      el("tbody", {}, told.checks.map((check) => line(check, told.nodes)))));
  setText(byId("matrix").lastElementChild, more.length === 0 ? "" : `Not shown: ${more.join(", ")}. Those with most failures come first.`);
  if (before) byId("matrix").querySelector(`[aria-label^="${CSS.escape(before)}:"]`)?.focus({ preventScroll: true });
}

async function load() {
  try {
    const told = await fetchJson("api/matrix");
    if (timer !== null) draw(told);
  } catch {
    // The header says that the operator does not answer.
  }
}

/** Arrow keys go from cell to cell. */
function onKey(event) {
  const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const here = event.target.closest?.("td");
  if (!move || !here) return;
  const line = here.parentElement;
  const to = move[0] === 0 ? line.cells[here.cellIndex + move[1]]
    : line.parentElement.rows[line.sectionRowIndex + move[0]]?.cells[here.cellIndex];
  to?.querySelector("a")?.focus();
  event.preventDefault();
}

export function start() {
  byId("matrix").addEventListener("keydown", onKey);
}

export function enter() {
  byId("matrix").hidden = false;
  byId("matrix").replaceChildren(title(), el("p", {}, "Loading …"));
  byId("matrix-title").focus({ preventScroll: true });
  timer = setInterval(load, PACE);
  load();
}

export function leave() {
  clearInterval(timer);
  timer = null;
  byId("matrix").hidden = true;
}
