"""Draws that others held come out bit for bit: RFC 3797, NomCom 2022, the XMPP Standards Foundation."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qingfu.base.draw import running
from qingfu.base.draw.ceremony import Ceremony, seal, tell_number
from qingfu.base.draw.freezing import freeze
from qingfu.base.draw.notice import LOT, RFC3797, Entry, Notice, Pick, PublicNumber
from qingfu.base.draw.older import rfc3797, sha256_lot
from qingfu.base.errors import BadNotice, BadShare, CircleClosed
from tests.draws_made import FROZEN, TEAM, Dice, older, vector


def drawn(name: str) -> dict[str, Any]:
    at = next(at for known, at in older() if known == name)
    result: dict[str, Any] = json.loads(running.run(at))["result"]
    return result


@pytest.mark.parametrize(("name", "vectors"), [("rfc3797-example", "rfc3797_example"), ("nomcom-2022", "nomcom_2022")])
def test_published_digests_and_places_come_out_again(name: str, vectors: str) -> None:
    result, published = drawn(name), vector(vectors)["published_output"]
    assert result["digests"][: len(published)] == [one["md5"] for one in published]
    assert result["order"][: len(published)] == [f"N{one['selected']:03d}" for one in published]


def test_the_hat_of_rfc_3797_gives_its_people_by_name() -> None:
    said = vector("rfc3797_example")
    pool = [Entry(f"N{i:03d}", name=name) for i, name in enumerate(said["pool"], start=1)]
    result: dict[str, Any] = rfc3797(Pick(10), pool, tuple(map(tuple, said["sources_as_given"])))
    names = {one.ticket: one.name for one in pool}
    assert [names[ticket] for ticket in result["chosen"][:3]] == ["Lee", "Doc", "Mary"]
    assert len(result["order"]) == len(pool) == len(set(result["order"]))


@pytest.mark.proves("A09")
def test_whoever_did_not_serve_in_2022_is_followed_by_the_next_of_the_same_order() -> None:
    said, result = vector("nomcom_2022"), drawn("nomcom-2022")
    seated = [result["order"][place - 1] for place in said["seated_draw_positions"]]
    gone = {result["order"][place - 1] for place in (7, 11, 12, 13)}
    willing = [ticket for ticket in result["order"] if ticket not in gone]
    assert seated == willing[:10]
    assert result["chosen"] == result["order"][:10]


def test_the_tie_break_of_2025_comes_out_again() -> None:
    said, result = vector("xsf_2025_tiebreak"), drawn("xsf-2025")
    assert result["digests"] == [said["sha256"]]
    assert result["order"] == result["chosen"] == [f"N{said['published_result_index'] + 1:03d}"]
    two = [Entry("A", name="a"), Entry("B", name="b")]
    assert sha256_lot(two, ((44, 6, 35, 11, 17),)) == sha256_lot(two, ((6, 11, 17, 35, 44),))


def published(scheme: str, **more: Any) -> Notice:
    number = PublicNumber("as published", "", FROZEN.date())
    entries = tuple(Entry(f"N{i}", name="x") for i in range(3))
    return Notice("old", "t", "o", "", FROZEN, more.pop("method", Pick(1)), entries, number=number, scheme=scheme)


def test_an_older_scheme_has_no_circle() -> None:
    from qingfu.base.draw.ceremony import join, new_member

    frozen = freeze(published(RFC3797))
    dice = Dice("old")
    member = new_member(frozen, name=TEAM[1][0], role="witness", secret=5, secrets=dice.secrets)
    with pytest.raises(CircleClosed):
        join(Ceremony(frozen), member)


@pytest.mark.parametrize("notice", [published("rfc9999"), published(LOT, method=Pick(2))], ids=["unknown", "two lots"])
def test_an_older_scheme_is_frozen_only_as_its_authors_meant_it(notice: Notice) -> None:
    with pytest.raises(BadNotice):
        freeze(notice)


@pytest.mark.parametrize("values", [(), ((),), ((1,), (2,)), ((-1,),), ((1 << 53,),)])
def test_a_number_that_is_none_is_not_taken(values: tuple[tuple[int, ...], ...]) -> None:
    sealed = seal(Ceremony(freeze(published(LOT))))
    with pytest.raises(BadShare):
        tell_number(sealed, values)
