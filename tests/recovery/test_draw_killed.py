"""A laptop that dies while it deals or runs a draw: kill -9, the folder carried elsewhere, the same draw."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qingfu.base.verify_draw import verify
from tests.pg_plugin import ROOT
from tests.unit.test_draw_without_a_server import PEOPLE, Table


def struck(folder: Path, *words: str | Path, seen: str) -> int:
    """The command, killed as soon as something of that name lies in the folder; its end (-9 where it was killed)."""
    command = [sys.executable, "-m", "qingfu.cli.offline", "draw", *map(str, words)]
    done = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    while done.poll() is None:
        if any(folder.glob(seen)):
            done.send_signal(signal.SIGKILL)
            break
    return done.wait()


# When the strike comes: at once, when a file is begun, when it has its name.
STRIKES = ("notice.json", ".*.part", "{file}")


@pytest.mark.parametrize("strike", STRIKES)
def test_a_deal_that_was_killed_is_dealt_again_the_same(tmp_path: Path, strike: str) -> None:
    table = Table(tmp_path)
    table.freeze()
    table.join()
    table.do("close", "--threshold", "2")
    key = table.key("家长甲")
    struck(table.folder, "deal", table.folder, "--key", key, seen=strike.format(file="deal-01.json"))
    table.carry()
    deal = table.folder / "deal-01.json"
    before = deal.read_bytes() if deal.exists() else None
    if before is None:
        table.do("deal", "--key", key)
        before = deal.read_bytes()
    deal.unlink()
    table.do("deal", "--key", key)
    assert deal.read_bytes() == before
    for name in ("教育局", "家长乙"):
        table.do("deal", "--key", table.key(name))
    table.do("seal")
    table.told()
    table.do("run")
    assert verify(table.record.read_bytes(), table.anchor.read_bytes()).verdict == "random"


@pytest.mark.parametrize("strike", STRIKES)
def test_a_run_that_was_killed_is_run_elsewhere_with_the_same_record(tmp_path: Path, strike: str) -> None:
    table = Table(tmp_path)
    table.dealt()
    table.do("seal")
    table.told()
    due = Table(tmp_path)
    due.folder = tmp_path / "undisturbed"
    shutil.copytree(table.folder, due.folder)
    due.do("run")
    struck(table.folder, "run", table.folder, seen=strike.format(file="record.json"))
    table.carry()
    if not table.record.exists():
        table.do("run")
    assert table.record.read_bytes() == due.record.read_bytes()
    assert table.refused("run") == "QF-DRAW-ONCE"


def test_a_laptop_that_dies_before_it_is_sealed_leaves_everybody_s_key(tmp_path: Path) -> None:
    table = Table(tmp_path)
    table.freeze()
    table.join()
    table.do("close", "--threshold", "2")
    assert struck(table.folder, "deal", table.folder, "--key", table.key("教育局"), seen="circle.json") == -9
    table.carry()
    for name in PEOPLE:
        table.do("deal", "--key", table.key(name))
    assert table.do("seal")["shares"]
