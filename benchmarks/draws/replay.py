"""Replay: the offline page judges a record of 20,000 pupils in a browser, beside the program of one file."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.draws import notices
from benchmarks.draws.intake import intake
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import escrow, running
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.curve import N
from qingfu.base.draw.freezing import freeze
from qingfu.base.draw.notice import Notice

SIZES = (1_200, 20_000)
# The page's ceilings, in seconds from the press of the button to the answer.
CEILINGS = {20_000: 2.0}
SOURCES = Path(__file__).resolve().parents[2] / "src" / "qingfu"
PAGE, PROGRAM = SOURCES / "web" / "static" / "draw" / "verify.html", SOURCES / "base" / "verify_draw.py"
CIRCLE = (("青溪县实验中学", "organiser"), ("一年级家长代表", "witness"), ("街道办事处", "witness"))
VERDICT = "random"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
)


def bench(folder: Path, size: int, *, rounds: int) -> list[str]:
    """Both in turns, each cold: a fresh browser, a fresh interpreter. What the page misses."""
    record, anchor = made(folder, size)
    taken: dict[str, list[float]] = {"page": [], "program": []}
    engines: dict[str, Callable[[Path, Path], float]] = {"page": _page, "program": _program}
    for number in range(rounds):
        for engine in list(engines) if number % 2 == 0 else list(engines)[::-1]:
            taken[engine].append(engines[engine](record, anchor))
    ours = statistics.median(taken["page"])
    for engine, seconds in taken.items():
        middle = statistics.median(seconds)
        line = {
            "bench": "replay", "engine": engine, "size": str(size), "rounds": rounds, "seconds": round(middle, 4),
            "slowest": round(max(seconds), 4), "ratio_to_page": round(middle / ours, 3), "bytes": record.stat().st_size,
        }  # fmt: skip
        print(json.dumps(line), flush=True)
    ceiling = CEILINGS.get(size)
    return [f"{size} pupils: the page took {ours:.2f} s"] if ceiling and ours >= ceiling else []


def made(folder: Path, size: int) -> tuple[Path, Path]:
    """A witnessed placement of so many pupils as files: the record and its anchor."""
    method, pool = notices.allotment(intake(size), teams=True)
    frozen = datetime(2026, 8, 28, 1, 0, tzinfo=UTC)
    at = _drawn(freeze(Notice("replay", "阳光分班", CIRCLE[0][0], "五(一)", frozen, method, pool)))
    folder.mkdir(parents=True, exist_ok=True)
    record, anchor = (folder / f"replay-{size}.{kind}.json" for kind in ("record", "anchor"))
    record.write_bytes(running.run(at))
    anchor.write_bytes(running.anchor(at))
    return record, anchor


def _drawn(notice: Notice) -> Ceremony:
    """Everybody joins, deals and tells; secrets are counted up, since nobody has to be kept from them here."""
    numbers = count(1)

    def secrets() -> int:
        return next(numbers) * 0x9E3779B97F4A7C15 % N

    at, keys, shares = Ceremony(notice), [secrets() for _ in CIRCLE], []
    for (name, role), key in zip(CIRCLE, keys, strict=True):
        at = steps.join(at, steps.new_member(notice, name=name, role=role, secret=key, secrets=secrets))
    at = steps.close_circle(at, threshold=2)
    for by, key in enumerate(keys):
        dealt, share = escrow.deal(at.table, by=by, secret=key, secrets=secrets)
        at = steps.give(at, dealt)
        shares.append(share)
    at = steps.seal(at)
    for by, share in enumerate(shares):
        at = steps.reveal(at, by=by, share=share)
    return at


def _page(record: Path, anchor: Path) -> float:
    """Seconds from the press of the button to the answer, in a browser that is offline and has not judged before."""
    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("chromium is missing: apt-get install chromium")
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            return _pressed(browser, record, anchor)
        finally:
            browser.close()


def _pressed(browser: Browser, record: Path, anchor: Path) -> float:
    page = browser.new_context(offline=True).new_page()
    page.goto(PAGE.as_uri())
    page.locator("#record").set_input_files(record)
    page.locator("#anchor-text").fill(anchor.read_text(encoding="utf-8"))
    seconds = page.evaluate(PRESS)
    said = page.locator(".verdict").get_attribute("class") or ""
    if f"verdict-{VERDICT}" not in said:
        raise SystemExit(f"the page says {said}")
    return float(seconds)


# Timed by the page itself, up to the frame in which the answer can be seen.
PRESS = """() => new Promise((done) => {
  const answer = document.querySelector("#answer");
  const from = performance.now();
  new MutationObserver(() => {
    if (!answer.hidden && answer.querySelector(".verdict")) {
      requestAnimationFrame(() => setTimeout(() => done((performance.now() - from) / 1000)));
    }
  }).observe(answer, {attributes: true, childList: true, subtree: true});
  document.querySelector("#ask button.main").click();
})"""


def _program(record: Path, anchor: Path) -> float:
    """The same of the program of one file, its start included."""
    words = [sys.executable, "-I", "-S", str(PROGRAM), str(record), "--anchor", str(anchor), "--json"]
    begun = time.perf_counter()
    told = subprocess.run(words, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if told.returncode or json.loads(told.stdout)["verdict"] != VERDICT:
        raise SystemExit(f"the program says {told.stdout or told.stderr}")
    return seconds
