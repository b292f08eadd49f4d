"""A notice and a ceremony come back from their documents, and nothing else is taken for one."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingfu.base.canon import canonical
from qingfu.base.draw import ceremony as steps
from qingfu.base.draw import running
from qingfu.base.draw.ceremony import Ceremony
from qingfu.base.draw.notice import Notice, Pick, PublicNumber
from qingfu.base.draw.reading import (
    ceremony_of,
    deal_of,
    documents_of,
    member_of,
    notice_of,
    opening_of,
    share_of,
    values_of,
)
from qingfu.base.draw.shapes import list_of
from qingfu.base.errors import BadNotice, BadShare, CircleClosed, MemberKnown, NoMatch, SharesMissing
from tests.draws_made import FROZEN, KINDS, TEAM, circle, experts, notice

NUMBERED = notice("read-1", "专家抽取", Pick(2), experts(5), number=PublicNumber("双色球", "2026099", FROZEN.date()))
MADE = circle(NUMBERED, TEAM[:3], 2, without=(2,), name="reading")
WHOLE = MADE.revealed(silent=(1,), number=((3, 9),))
REFUSALS = (BadNotice, BadShare, CircleClosed, MemberKnown, NoMatch, SharesMissing)


def plain(value: object) -> Any:
    """As it comes from a file."""
    return json.loads(canonical(value))


def moments() -> Iterator[Ceremony]:
    """The ceremony after each of its steps."""
    at = Ceremony(NUMBERED)
    yield at
    for member in MADE.at.circle:
        yield (at := steps.join(at, member))
    yield (at := steps.close_circle(at, threshold=2))
    for deal in MADE.at.deals:
        yield (at := steps.give(at, deal))
    yield (at := steps.seal(at))
    yield (at := steps.reveal(at, by=0, share=MADE.shares[0]))
    for of in (0, 2):
        yield (at := steps.open_for(at, by=1, opening=MADE.opening(1, of)))
    yield steps.tell_number(at, ((3, 9),))


@pytest.mark.parametrize("at", list(moments()), ids=str)
def test_a_ceremony_is_taken_up_again_at_every_step(at: Ceremony) -> None:
    assert ceremony_of(**plain(documents_of(at))) == at


def test_a_ceremony_taken_up_again_gives_the_same_record() -> None:
    assert running.run(ceremony_of(**plain(documents_of(WHOLE)))) == running.run(WHOLE)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_notice_comes_back_and_can_be_written_by_hand(kind: Any) -> None:
    for _, at in kind():
        document = plain(at.notice.document())
        assert notice_of(document) == at.notice
        by_hand = {word: said for word, said in document.items() if word not in ("qingfu", "frozen_at")}
        assert list_of(by_hand, at=at.notice.frozen_at) == at.notice


def test_a_list_by_hand_may_be_short_and_in_any_order() -> None:
    said = {
        "draw": "hand-1", "title": "Cafe\u0301", "organiser": "青溪县教育局",
        "method": {"kind": "match", "rounds": 1, "takers": [{"ticket": f"I{i}", "name": "某"} for i in (2, 1)]},
        "pool": [{"ticket": "S2", "name": "二小"}, {"ticket": "S1", "name": "一小"}],
    }  # fmt: skip
    made = list_of(said, at=datetime(2026, 8, 28, 1, 0, tzinfo=UTC))
    assert made.title == "Café"
    assert [one.ticket for one in made.pool] == ["S1", "S2"]
    assert notice_of(plain(made.document())) == made


def test_nobody_writes_the_moment_of_freezing_by_hand() -> None:
    said = {**plain(NUMBERED.document())}
    del said["qingfu"]
    with pytest.raises(BadNotice) as told:
        list_of(said, at=FROZEN)
    assert told.value.facts["where"] == "list.frozen_at"


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


DOCUMENTS = plain(documents_of(WHOLE))
# The lists themselves are arguments; what stands in them comes from a file.
PLACES = [path for path in places(DOCUMENTS) if len(path) > 1]
odd = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 70), st.just(1 << 70), st.floats(allow_nan=False), st.text(max_size=3),
    st.just("\ud800"), st.just("0" * 64), st.just("f" * 64), st.just([]), st.just({}), st.just([[]]), st.just({"e": 1}),
)  # fmt: skip
LEFT_OUT = object()


def with_change(document: Any, path: tuple[Any, ...], value: object) -> Any:
    changed = copy.deepcopy(document)
    holder = changed
    for key in path[:-1]:
        holder = holder[key]
    if value is LEFT_OUT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return changed


def outcome(documents: dict[str, Any]) -> Ceremony | str:
    """The ceremony, or the words in which it is refused."""
    try:
        return ceremony_of(**documents)
    except REFUSALS as refused:
        return refused.text()


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(PLACES), st.one_of(odd, st.just(LEFT_OUT)))
def test_whatever_stands_in_its_place_a_ceremony_is_refused_in_words(path: tuple[Any, ...], value: Any) -> None:
    changed = with_change(DOCUMENTS, path, value)
    found = outcome(changed)
    # What is taken nevertheless is another draw; never is a change passed over.
    assert found if isinstance(found, str) else plain(documents_of(found)) == changed


@pytest.mark.parametrize("read", [notice_of, member_of, deal_of, share_of, opening_of, values_of])
@pytest.mark.parametrize("value", [None, True, 1, 1.5, "x", [], [[]], {}, {"by": 0}, {"by": True, "share": "0" * 64}])
def test_what_is_something_else_is_refused_in_words(read: Any, value: object) -> None:
    with pytest.raises((BadNotice, BadShare)) as told:
        read(value)
    assert told.value.text()


def test_a_notice_in_another_writing_is_not_taken() -> None:
    document = plain(NUMBERED.document())
    changes: list[tuple[tuple[Any, ...], object]] = [
        (("frozen_at",), "2026-08-28T01:00:00.0Z"),
        (("number", "expected"), "20260828"),
        (("pool", 0, "marks"), {}),
    ]
    for path, value in changes:
        with pytest.raises(BadNotice):
            notice_of(with_change(document, path, value))


def test_a_notice_comes_back_as_what_it_is() -> None:
    assert isinstance(notice_of(plain(NUMBERED.document())), Notice)
    assert notice_of(plain(NUMBERED.document())).digest() == NUMBERED.digest()
