"""The journal: rows in the verb's own transaction, one gapless chain, nothing rewritten unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from qingfu.base import chain
from qingfu.base.actor import Actor
from qingfu.base.canon import digest
from qingfu.base.chance import new_id
from qingfu.base.errors import ChainBroken, NotFound
from qingfu.records.journal.actions import deed, first_answer, record, seal
from qingfu.records.journal.queries import exported, head, story
from tests.cast import BEGINS, County, county

pytestmark = pytest.mark.django_db
Rows = list[dict[str, Any]]


def _rows(home: County) -> Rows:
    seal(home.bureau)
    return list(exported(home.keeper))


def _verify(rows: Rows, printed: str) -> None:
    links = [chain.Sealed(chain.Link(r["n"], digest(r["entry"]), r["prev"], r["digest"]), r["entry"]) for r in rows]
    chain.verify(links, printed)


def test_a_verb_that_fails_leaves_no_row(home: County) -> None:
    before = head(home.keeper).waiting

    def fail() -> None:
        with deed(home.keeper):
            record(home.keeper, verb="people.add_person", subject="person", subject_id=1, at=BEGINS)
            raise NotFound(what="x")

    with pytest.raises(NotFound):
        fail()
    assert head(home.keeper).waiting == before


def test_the_chain_has_no_gaps_and_verifies_against_its_head(home: County) -> None:
    rows = _rows(home)
    assert [row["n"] for row in rows] == list(range(1, len(rows) + 1))
    _verify(rows, head(home.keeper).text)


def test_sealing_again_changes_nothing(home: County) -> None:
    _rows(home)
    printed = head(home.keeper).text
    assert seal(home.bureau, whole=True) == 0
    assert head(home.keeper).text == printed


def test_later_rows_chain_on_to_a_printed_head(home: County) -> None:
    _rows(home)
    printed = head(home.keeper).text
    with deed(home.keeper):
        record(home.keeper, verb="people.add_person", subject="person", subject_id=1, at=BEGINS)
    _verify(_rows(home), printed)


def _changed(rows: Rows) -> Rows:
    return [*rows[:3], {**rows[3], "entry": {**rows[3]["entry"], "verb": "people.invite"}}, *rows[4:]]


def _dropped(rows: Rows) -> Rows:
    return rows[:3] + rows[4:]


def _added(rows: Rows) -> Rows:
    return [*rows[:3], {**rows[3], "n": 4, "entry": {**rows[3]["entry"], "id": 0}}, *rows[3:]]


def _reordered(rows: Rows) -> Rows:
    return [*rows[:3], rows[4], rows[3], *rows[5:]]


def _shortened(rows: Rows) -> Rows:
    return rows[:-1]


@pytest.mark.parametrize("spoil", [_changed, _dropped, _added, _reordered, _shortened])
def test_what_was_done_to_the_journal_shows(home: County, spoil: Callable[[Rows], Rows]) -> None:
    rows = _rows(home)
    with pytest.raises(ChainBroken):
        _verify(spoil(rows), head(home.keeper).text)


def test_two_bureaus_have_two_chains(home: County) -> None:
    away = county("hebi", enact=False)
    seal(home.bureau)
    seal(away.bureau)
    assert head(away.keeper).n > 0
    assert head(home.keeper).digest != head(away.keeper).digest


def test_a_client_id_leads_to_its_first_answer_and_only_for_the_same_actor(home: County) -> None:
    once, clerk = new_id(), home["clerk"]
    with deed(clerk):
        record(clerk, verb="x", subject="task", subject_id=7, client_id=once, at=BEGINS)
        assert first_answer(clerk, once) == 7
        assert first_answer(home["leader"], once) is None


def test_the_story_names_the_delegator(home: County) -> None:
    acting = Actor(kind="person", bureau=home.bureau, person=home.persons["deputy"], acting_for=home.persons["leader"])
    with deed(acting):
        record(acting, verb="x", subject="task", subject_id=999_999, at=BEGINS)
    (told,) = story(home.keeper, subject="task", subject_id=999_999)
    assert (told.person, told.acting_for) == (home.persons["deputy"], home.persons["leader"])
