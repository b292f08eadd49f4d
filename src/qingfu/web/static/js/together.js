// Deciding many together: tick all or none, and say how many are ticked. Without it every box can still be ticked.
"use strict";

const picks = [...document.querySelectorAll("[data-pick]")];
const told = document.querySelector("[data-picked]");

function count() {
  if (!told) return;
  const ticked = picks.filter((one) => one.checked).length;
  told.textContent = told.dataset.says.replace("{n}", ticked).replace("{all}", picks.length);
}

for (const [name, wanted] of [["[data-pick-all]", true], ["[data-pick-none]", false]]) {
  const button = document.querySelector(name);
  if (!button) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    for (const one of picks) one.checked = wanted;
    count();
  });
}

document.addEventListener("change", count);
if (told) told.hidden = false;
count();
