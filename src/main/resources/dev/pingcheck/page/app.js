// Which view is shown, and what concerns all of them.

import * as check from "./check.js";
import { byId, setText } from "./dom.js";
import * as list from "./list.js";
import * as matrix from "./matrix.js";
import { link, onChange, operator, pathOf, rows, start } from "./store.js";
import { duration } from "./words.js";

const THEMES = { "": "as the system", light: "light", dark: "dark" };
const KEPT = "pingcheck-theme";

function kept() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return ""; // a browser may forbid it
  }
}

function useTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  setText(byId("theme"), `Colours: ${THEMES[theme]}`);
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // then it holds for this page alone
  }
}

function nextTheme() {
  const all = Object.keys(THEMES);
  useTheme(all[(all.indexOf(document.documentElement.dataset.theme ?? "") + 1) % all.length]);
}

function parts() {
  try {
    return location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  } catch {
    return [""]; // not of our making
  }
}

function route() {
  const [view, namespace, name] = parts();
  check.leave();
  matrix.leave();
  byId("list").hidden = true;
  if (view === "check" && name) {
    document.title = `${namespace}/${name} · PingCheck`;
    check.enter(namespace, name);
  } else if (view === "matrix") {
    document.title = "Matrix · PingCheck";
    matrix.enter();
  } else {
    document.title = "PingCheck";
    list.enter();
  }
  mark(byId("to-list"), !["check", "matrix"].includes(view));
  mark(byId("to-matrix"), view === "matrix");
}

function mark(anchor, isCurrent) {
  if (isCurrent) anchor.setAttribute("aria-current", "page");
  else anchor.removeAttribute("aria-current");
}

function isTyping(target) {
  return target.matches("input, select, textarea");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/" && !isTyping(event.target)) {
    event.preventDefault();
    if (byId("list").hidden) location.hash = "#/";
    // The list comes into view with the change of the address, which is told later.
    setTimeout(() => {
      byId("search").focus();
      byId("search").select();
    });
  } else if (event.key === "Escape") {
    escape();
  }
}

function escape() {
  if (byId("list").hidden) {
    location.hash = "#/";
  } else if (byId("search").value) {
    byId("search").value = "";
    byId("search").dispatchEvent(new Event("input", { bubbles: true }));
    byId("grid").focus();
  } else {
    byId("grid").focus();
  }
}

const ROLES = {
  LEADER: "",
  STANDBY: "This operator stands by: another one leads and pings. Shown is what that one has written; figures may be some "
    + "minutes old, and the last hours are known to the leader alone.",
  UNKNOWN: "This operator does not know yet who leads.",
};

function tellState() {
  byId("link").classList.toggle("lost", link.state === "lost");
  const lost = `Connection lost ${duration((Date.now() - link.since) / 1000)} ago; what you see is of then. Trying again …`;
  setText(byId("link"), { live: link.complete ? "Live" : "Loading …", connecting: "Connecting …", lost }[link.state]);
  const words = link.state === "connecting" ? "" : ROLES[operator.role];
  byId("role").hidden = !words;
  setText(byId("role"), words);
}

useTheme(kept() in THEMES ? kept() : "");
byId("theme").addEventListener("click", nextTheme);
addEventListener("keydown", onKey);
addEventListener("hashchange", route);
onChange(tellState);
list.start((row) => {
  location.hash = `#/check/${pathOf(row.namespace, row.name)}`;
});
check.start();
matrix.start();
route();
start();
// For whoever looks from a browser's console.
globalThis.pingcheck = { rows };
