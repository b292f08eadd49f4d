"""What the runner draws, the verifier draws again: two programs written from one page."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfu.base.draw import running
from qingfu.base.draw.freezing import checked
from qingfu.base.draw.notice import Allot, Entry, Method, Notice, Pick, Share
from qingfu.base.errors import NoMatch
from qingfu.base.verify_draw import verify
from tests.draws_made import FOLDER, FROZEN, TEAM, circle, files
from tests.draws_of_chance import Matching, Pool, allotments, matchings

seeds = st.integers(0, 1 << 32).map(str)


def verdict(method: Method, pool: Pool, seed: str) -> tuple[str, Any]:
    """Of one organiser's draw, whose secrets follow from ``seed``."""
    notice = checked(Notice("agree-1", "t", "o", "", FROZEN, method, pool))
    at = circle(notice, TEAM[:1], 1, name=seed).revealed()
    found = verify(running.run(at), running.anchor(at))
    return found.verdict, found.faults


@pytest.mark.proves("C07")
@settings(max_examples=80, deadline=None)
@given(allotments(), seeds)
def test_every_allotment_is_replayed(case: tuple[Allot, Pool], seed: str) -> None:
    assert verdict(*case, seed) == ("replayable", ())


@pytest.mark.proves("P21", "D04")
@settings(max_examples=80, deadline=None)
@given(matchings(), seeds)
def test_every_match_is_replayed(case: Matching, seed: str) -> None:
    try:
        found = verdict(case.method, case.pool, seed)
    except NoMatch:
        return
    assert found == ("replayable", ())


@pytest.mark.proves("A09", "D04")
@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["一小", "二小", '三"小\\\n']), min_size=1, max_size=40), seeds)
def test_every_pick_and_every_share_is_replayed(schools: list[str], seed: str) -> None:
    pool = tuple(Entry(f"P{i:02d}", name="x", marks={"school": school}) for i, school in enumerate(schools))
    assert verdict(Share(("school",), 3, 100, 1), pool, seed) == ("replayable", ())
    bare = tuple(Entry(one.ticket, name="é\u2028") for one in pool)
    assert verdict(Pick(1), bare, seed) == ("replayable", ())


def test_the_records_in_the_folder_are_what_their_maker_makes() -> None:
    made = dict(files())
    kept = {file.name: file.read_bytes() for file in FOLDER.glob("*.json")}
    assert kept.keys() == made.keys()
    assert [name for name in made if made[name] != kept[name]] == []


@pytest.mark.proves("C07", "D04", "P21", "A09", "P16")
@pytest.mark.parametrize("record", sorted(FOLDER.glob("*.record.json")), ids=lambda file: file.name.split(".")[0])
def test_every_record_in_the_folder_holds_under_its_anchor(record: Any) -> None:
    name = record.name.split(".")[0]
    found = verify(record.read_bytes(), (FOLDER / f"{name}.anchor.json").read_bytes())
    organiser_only = name in ("pick-alone", "match-even")
    due = "rehearsal" if name == "rehearsal" else "replayable" if organiser_only else "random"
    assert (found.verdict, found.faults) == (due, ())
