"""The chain names the row whatever was done to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from qingfu.base.chain import BEGINNING, Link, Sealed, head_of, link, read_head, verify
from qingfu.base.errors import (
    BadHead,
    ChainBroken,
    Rewritten,
    RowAdded,
    RowChanged,
    RowDropped,
    RowMoved,
    TailCut,
)


def chain(*entries: object) -> list[Sealed]:
    rows: list[Sealed] = []
    prev = BEGINNING
    for n, entry in enumerate(entries, start=1):
        sealed = link(n, prev, entry)
        rows.append(Sealed(sealed, entry))
        prev = sealed.digest
    return rows


ROWS = chain(*({"id": n, "verb": "hand_in"} for n in range(1, 7)))
HEAD = head_of(ROWS[-1].link)


def broken(rows: list[Sealed], head: str | None = HEAD) -> ChainBroken:
    with pytest.raises(ChainBroken) as caught:
        verify(rows, head)
    return caught.value


def links(rows: list[Sealed]) -> list[Link]:
    return [row.link for row in rows]


def renumbered(rows: list[Sealed]) -> list[Sealed]:
    return [replace(row, link=replace(row.link, n=n)) for n, row in enumerate(rows, start=1)]


def test_an_untouched_chain_holds_with_and_without_its_entries() -> None:
    verify(ROWS, HEAD)
    verify(links(ROWS), HEAD)
    verify(ROWS)
    verify([], head_of(None))


def test_rows_sealed_after_the_head_was_printed_are_welcome() -> None:
    verify(ROWS, head_of(ROWS[2].link))


def test_a_changed_entry_is_named() -> None:
    rows = [*ROWS]
    rows[2] = replace(rows[2], entry={"id": 3, "verb": "waive"})
    fault = broken(rows)
    assert (type(fault), fault.row) == (RowChanged, 3)
    assert "3" in fault.text()


@pytest.mark.parametrize("field", ["entry_digest", "digest", "prev"])
@pytest.mark.parametrize("n", [1, 3, 6])
def test_a_changed_field_of_the_seal_is_named(n: int, field: str) -> None:
    rows = links(ROWS)
    changed: dict[str, Any] = {field: "f" * 64}
    rows[n - 1] = replace(rows[n - 1], **changed)
    with pytest.raises(RowChanged) as caught:
        verify(rows, HEAD)
    assert caught.value.row == n


def test_a_row_exchanged_for_a_freshly_sealed_one_is_named() -> None:
    for n in (2, 4, 5):
        rows = [*ROWS]
        forged = {"id": n, "verb": "forged"}
        rows[n - 1] = Sealed(link(n, rows[n - 1].link.prev, forged), forged)
        fault = broken(rows)
        assert (type(fault), fault.row) == (RowChanged, n)


def test_a_last_row_exchanged_for_a_freshly_sealed_one_is_caught_by_the_head() -> None:
    forged = {"id": 6, "verb": "forged"}
    rows = [*ROWS[:5], Sealed(link(6, ROWS[5].link.prev, forged), forged)]
    verify(rows)
    fault = broken(rows)
    assert (type(fault), fault.row) == (Rewritten, 6)


@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_dropped_row_is_named_even_if_the_gap_is_closed(n: int) -> None:
    rows = [row for row in ROWS if row.link.n != n]
    for shown in (rows, renumbered(rows)):
        fault = broken(shown)
        assert (type(fault), fault.row) == (RowDropped, n)


def test_a_journal_row_that_is_gone_while_its_seal_stands_is_dropped() -> None:
    rows = [*ROWS]
    rows[3] = replace(rows[3], entry=None)
    fault = broken(rows)
    assert (type(fault), fault.row) == (RowDropped, 4)


def test_an_added_row_is_named() -> None:
    forged = {"id": 99, "verb": "forged"}
    crude = Sealed(Link(3, "a" * 64, "b" * 64, "c" * 64), forged)
    skilled = Sealed(link(3, ROWS[1].link.digest, forged), forged)
    for extra in (crude, skilled):
        rows = [*ROWS[:2], extra, *ROWS[2:]]
        for shown in (rows, renumbered(rows)):
            fault = broken(shown)
            assert (type(fault), fault.row) == (RowAdded, 3)


def test_a_row_that_stands_twice_is_named_by_the_number_it_shows() -> None:
    rows = [*ROWS[:3], *ROWS[2:]]
    assert [broken(shown).row for shown in (rows, renumbered(rows))] == [3, 4]
    assert type(broken(rows)) is RowAdded


def test_a_row_repeated_later_is_added() -> None:
    fault = broken([*ROWS[:5], ROWS[1], ROWS[5]])
    assert (type(fault), fault.row) == (RowAdded, 2)


def test_an_unsealed_row_after_the_head_is_added() -> None:
    crude = Sealed(Link(7, "a" * 64, ROWS[5].link.digest, "c" * 64), {"id": 7})
    fault = broken([*ROWS, crude])
    assert (type(fault), fault.row) == (RowAdded, 7)


def test_reordered_rows_are_named_even_if_their_numbers_are_exchanged() -> None:
    rows = [ROWS[0], ROWS[2], ROWS[1], *ROWS[3:]]
    for shown in (rows, renumbered(rows)):
        fault = broken(shown)
        assert (type(fault), fault.row) == (RowMoved, 3)


def test_a_row_that_only_shows_another_number_is_moved() -> None:
    rows = [*ROWS]
    rows[2] = replace(rows[2], link=replace(rows[2].link, n=9))
    fault = broken(rows)
    assert (type(fault), fault.row) == (RowMoved, 3)


def test_entries_exchanged_under_their_seals_are_moved() -> None:
    rows = [*ROWS]
    rows[1], rows[3] = replace(rows[1], entry=rows[3].entry), replace(rows[3], entry=rows[1].entry)
    fault = broken(rows)
    assert (type(fault), fault.row) == (RowMoved, 2)


@pytest.mark.parametrize("kept", [0, 3, 5])
def test_a_shortened_tail_is_caught_by_the_printed_head(kept: int) -> None:
    verify(ROWS[:kept])
    fault = broken(ROWS[:kept])
    assert (type(fault), fault.row) == (TailCut, kept + 1)


def test_a_chain_written_anew_is_caught_by_the_printed_head() -> None:
    anew = chain(*({"id": n, "verb": "forged"} for n in range(1, 9)))
    fault = broken(anew)
    assert (type(fault), fault.row) == (Rewritten, 6)


def test_a_head_is_read_as_printed() -> None:
    assert read_head(f" {HEAD.upper()}\n") == (6, ROWS[-1].link.digest)
    for bad in ("", "6", "6:abc", f"x{HEAD}"):
        with pytest.raises(BadHead):
            verify(ROWS, bad)
