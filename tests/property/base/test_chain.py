"""No single mutation of a chain goes unnoticed, and the row named exists."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qingfu.base.chain import BEGINNING, Sealed, head_of, link, verify
from qingfu.base.errors import ChainBroken, RowAdded, RowChanged, RowDropped, RowMoved, TailCut


@st.composite
def chains(draw: st.DrawFn) -> list[Sealed]:
    rows: list[Sealed] = []
    prev = BEGINNING
    for n, word in enumerate(draw(st.lists(st.text("abc", max_size=3), min_size=2, max_size=8)), start=1):
        entry = {"id": n, "verb": word}
        sealed = link(n, prev, entry)
        rows.append(Sealed(sealed, entry))
        prev = sealed.digest
    return rows


def fault(rows: list[Sealed], head: str) -> ChainBroken:
    with pytest.raises(ChainBroken) as caught:
        verify(rows, head)
    return caught.value


@given(chains(), st.data())
def test_any_prefix_of_a_chain_holds_against_its_own_head(rows: list[Sealed], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(rows)))
    verify(rows, head_of(rows[kept - 1].link if kept else None))


@given(chains(), st.data(), st.sampled_from(["entry_digest", "prev", "digest"]))
def test_any_changed_character_is_found_in_its_row(rows: list[Sealed], data: st.DataObject, field: str) -> None:
    head = head_of(rows[-1].link)
    index = data.draw(st.integers(0, len(rows) - 1))
    old = getattr(rows[index].link, field)
    at = data.draw(st.integers(0, 63))
    new = old[:at] + data.draw(st.sampled_from("0123456789abcdef")) + old[at + 1 :]
    assume(new != old)
    rows[index] = replace(rows[index], link=replace(rows[index].link, **{field: new}))
    found = fault(rows, head)
    assert (type(found), found.row) == (RowChanged, index + 1)


@given(chains(), st.data())
def test_any_changed_entry_is_found_in_its_row(rows: list[Sealed], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(rows) - 1))
    head = head_of(rows[-1].link)
    rows[index] = replace(rows[index], entry={"id": index + 1, "verb": "forged"})
    found = fault(rows, head)
    assert (type(found), found.row) == (RowChanged, index + 1)


@given(chains(), st.data())
def test_any_dropped_row_is_named(rows: list[Sealed], data: st.DataObject) -> None:
    head = head_of(rows[-1].link)
    index = data.draw(st.integers(0, len(rows) - 1))
    dropped = rows.pop(index)
    found = fault(rows, head)
    expected = TailCut if index == len(rows) else RowDropped
    assert (type(found), found.row) == (expected, dropped.link.n)


@given(chains(), st.data())
def test_any_repeated_row_is_named(rows: list[Sealed], data: st.DataObject) -> None:
    head = head_of(rows[-1].link)
    twice = data.draw(st.sampled_from(rows))
    rows.insert(data.draw(st.integers(twice.link.n, len(rows))), twice)
    found = fault(rows, head)
    assert (type(found), found.row) == (RowAdded, twice.link.n)


@given(chains(), st.data())
def test_any_two_rows_that_change_places_are_noticed(rows: list[Sealed], data: st.DataObject) -> None:
    head = head_of(rows[-1].link)
    one = data.draw(st.integers(0, len(rows) - 2))
    other = data.draw(st.integers(one + 1, len(rows) - 1))
    rows[one], rows[other] = rows[other], rows[one]
    found = fault(rows, head)
    assert (type(found), found.row) == (RowMoved, other + 1)


@given(chains(), st.data())
def test_any_shortened_tail_is_noticed(rows: list[Sealed], data: st.DataObject) -> None:
    head = head_of(rows[-1].link)
    kept = data.draw(st.integers(0, len(rows) - 1))
    found = fault(rows[:kept], head)
    assert (type(found), found.row) == (TailCut, kept + 1)
