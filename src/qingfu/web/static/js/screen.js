// The classes fill ticket by ticket, once for each draw. Without it, and where motion is not wanted, they stand at once.
"use strict";

const WHOLE = 12_000, SLOWEST = 140;

function fill(hall) {
  const key = `filled-${hall.dataset.fill}`;
  const all = [...hall.querySelectorAll("[data-turn]")].sort((a, b) => a.dataset.turn - b.dataset.turn);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!all.length || still || sessionStorage.getItem(key)) return;
  sessionStorage.setItem(key, "1");
  const step = Math.min(SLOWEST, WHOLE / all.length);
  const sizes = new Map([...hall.querySelectorAll(".hall-class")].map((one) => [one, one.querySelector("[data-size]")]));
  const counts = new Map([...sizes].map(([one]) => [one, 0]));
  for (const one of all) one.classList.add("waits");
  for (const size of sizes.values()) size.textContent = "0";
  const began = performance.now();
  let next = 0;
  function show(now) {
    for (; next < all.length && now - began >= next * step; next += 1) {
      const home = all[next].closest(".hall-class");
      counts.set(home, counts.get(home) + 1);
      sizes.get(home).textContent = counts.get(home);
      all[next].classList.replace("waits", "comes");
    }
    if (next < all.length) requestAnimationFrame(show);
  }
  requestAnimationFrame(show);
}

function look() {
  for (const hall of document.querySelectorAll("[data-fill]")) fill(hall);
}

document.addEventListener("htmx:afterSettle", look);
look();
