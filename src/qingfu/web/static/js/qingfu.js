// The desk without a mouse: j and k move, Enter opens, / searches. Copying a text. Nothing here is needed to get work done.
"use strict";

document.documentElement.classList.add("scripted");

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

function rows() {
  return [...document.querySelectorAll("[data-rows] [data-row]")].filter((row) => row.offsetParent !== null);
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, here + step))];
  const link = next.querySelector("a, button, input");
  if (link) link.focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") {
    const search = document.querySelector("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const told = document.getElementById(`${button.dataset.copy}-copied`);
  source.select();
  // A page that is not served over TLS has no clipboard; the selected text can still be copied by the older way.
  if (navigator.clipboard) await navigator.clipboard.writeText(source.value);
  else document.execCommand("copy");
  if (told) told.textContent = button.dataset.copied;
});

// An open menu closes when something else is pressed, or with Escape.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.who[open]")) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.who[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// What went wrong is read out first.
const errors = document.querySelector("[data-focus]");
if (errors) errors.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is not answered within a second says that it is being worked on; it goes with the page, or when one comes back.
// Meanwhile a page that asks by itself how a draw stands keeps still: what it is told would lead away from the answer.
const atWork = document.querySelector("[data-at-work]");
const LONGEST_ANSWER = 60000;
let soon, asksAgain, isAnswered = true;
// Heard last, at the window: whoever holds a form back has said so by then, and nothing is awaited.
window.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  isAnswered = false;
  clearTimeout(asksAgain);
  asksAgain = setTimeout(() => { isAnswered = true; }, LONGEST_ANSWER);
  clearTimeout(soon);
  soon = setTimeout(() => {
    const says = document.createElement("p");
    const bar = document.createElement("progress");
    says.textContent = atWork.dataset.atWork;
    bar.setAttribute("aria-label", atWork.dataset.atWork);
    atWork.replaceChildren(says, bar);
  }, 1000);
});
for (const asking of ["htmx:beforeRequest", "htmx:beforeOnLoad"]) {
  document.addEventListener(asking, (event) => {
    if (!isAnswered && event.target.hasAttribute("hx-get")) event.preventDefault();
  });
}
window.addEventListener("pageshow", () => {
  isAnswered = true;
  clearTimeout(soon);
  atWork.replaceChildren();
});
