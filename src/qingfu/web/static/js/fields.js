// Forms: what is asked only sometimes, rows that repeat, schools chosen by town, autosave. The server judges all of it again.
"use strict";

function answerOf(form, name) {
  const controls = [...form.elements].filter((control) => control.name === name);
  return controls.filter((c) => (c.type === "radio" || c.type === "checkbox" ? c.checked : c.value)).map((c) => c.value);
}

function showOnly(form) {
  for (const field of form.querySelectorAll("[data-only]")) {
    const wanted = answerOf(form, field.dataset.only).includes(field.dataset.is);
    field.hidden = !wanted;
    for (const control of field.querySelectorAll("input, textarea, select")) control.disabled = !wanted;
  }
}

function renumber(part, n) {
  for (const element of part.querySelectorAll("*")) {
    for (const attribute of [...element.attributes]) {
      if (/\bN\b|[.-]N([.-]|$)/.test(attribute.value)) {
        element.setAttribute(attribute.name, attribute.value.replace(/([.-])N(?=[.-]|$)/g, `$1${n}`).replace(/^N$/, n));
      }
    }
  }
}

function addRow(button) {
  const place = document.querySelector(`[data-repeat="${CSS.escape(button.dataset.more)}"]`);
  const blank = place.querySelector(":scope > template");
  const numbers = [...place.querySelectorAll(":scope > [data-repeat-row] > input[type=hidden]")].map((i) => Number(i.value));
  const n = Math.max(-1, ...numbers) + 1;
  const copy = blank.content.cloneNode(true);
  renumber(copy, n);
  const legend = copy.querySelector("legend");
  legend.textContent = legend.textContent.replace("N", numbers.length + 1);
  place.insertBefore(copy, blank);
  const row = blank.previousElementSibling;
  const first = row.querySelector("input:not([type=hidden]), textarea, select");
  showOnly(button.form);
  if (first) first.focus();
}

function countSchools(box) {
  for (const town of box.querySelectorAll(".town")) {
    const all = [...town.querySelectorAll("[data-town]")];
    const chosen = all.filter((one) => one.checked).length;
    town.querySelector("[data-count]").textContent = `${chosen}/${all.length}`;
  }
  const told = box.querySelector("[data-chosen]");
  told.textContent = told.dataset.says.replace("{n}", box.querySelectorAll("[data-town]:checked").length);
}

// One school taken out: "all of them" is no longer true, and must not put it back on the server.
function untick(box, out) {
  for (const all of box.querySelectorAll("[data-all]")) {
    const kind = all.dataset.all;
    if (kind === "every" || out.dataset[kind] === all.dataset.which) all.checked = false;
  }
}

function chooseAll(box, switched) {
  const kind = switched.dataset.all;
  for (const one of box.querySelectorAll("[data-town]")) {
    if (kind === "every" || one.dataset[kind] === switched.dataset.which) one.checked = switched.checked;
  }
  if (!switched.checked) untick(box, switched);
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form) showOnly(form);
  const box = event.target.closest("[data-schools]");
  if (!box) return;
  if (event.target.dataset.all) chooseAll(box, event.target);
  else if (!event.target.checked) untick(box, event.target);
  countSchools(box);
});

document.addEventListener("click", (event) => {
  const more = event.target.closest("[data-more]");
  const less = event.target.closest("[data-less]");
  if (more) {
    event.preventDefault();
    addRow(more);
  } else if (less) {
    event.preventDefault();
    const form = less.form;
    less.closest("[data-repeat-row]").remove();
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
});

for (const form of document.forms) showOnly(form);
for (const box of document.querySelectorAll("[data-schools]")) countSchools(box);

// Autosave sends what was typed, never files: those go with the button.
document.addEventListener("htmx:configRequest", (event) => {
  const sent = event.detail.parameters;
  for (const name of Object.keys(sent)) if (sent[name] instanceof File) delete sent[name];
});

// A weak signal: what was not saved is tried again by itself, and a button sends nothing into the void.
const AGAIN = 8000;

function failed(told, says) {
  told.classList.add("failed");
  told.textContent = says;
}

function again(told) {
  if (!told.isConnected || !told.classList.contains("failed")) return;
  if (told.dataset.failed) htmx.trigger(told.closest("form"), "change");
  else if (navigator.onLine) {
    told.classList.remove("failed");
    told.textContent = "";
  }
}

for (const kind of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(kind, (event) => {
    const told = event.target;
    if (!told.dataset || !told.dataset.failed) return;
    told.dataset.cut = kind === "htmx:responseError" ? "" : "yes";
    failed(told, told.dataset.pressed ? told.dataset.kept : told.dataset.failed);
    if (told.dataset.cut) setTimeout(again, AGAIN, told);
  });
}
document.addEventListener("htmx:afterSwap", (event) => {
  const told = event.target;
  told.classList.remove("failed");
  delete told.dataset.cut;
  delete told.dataset.pressed;
  const form = told.closest("form");
  if (form) delete form.dataset.typed;
});
window.addEventListener("online", () => document.querySelectorAll(".saved.failed").forEach(again));

document.addEventListener("input", (event) => {
  if (event.target.form) event.target.form.dataset.typed = "yes";
});
document.addEventListener("submit", (event) => {
  const told = event.target.querySelector("[data-kept]");
  if (told && (!navigator.onLine || told.dataset.cut)) {
    event.preventDefault();
    told.dataset.pressed = "yes";
    failed(told, told.dataset.kept);
    again(told);
  } else delete event.target.dataset.typed;
});

// Somebody turns to another app or another page before the draft went out: it goes out with the page.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  for (const told of document.querySelectorAll("[data-kept][data-failed]")) {
    const form = told.closest("form");
    if (!form.dataset.typed) continue;
    const sent = new FormData(form);
    for (const name of [...sent.keys()]) if (sent.get(name) instanceof File) sent.delete(name);
    sent.set("verb", "keep");
    navigator.sendBeacon(told.getAttribute("hx-post"), sent);
  }
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-typed] .saved.failed")) event.preventDefault();
});
