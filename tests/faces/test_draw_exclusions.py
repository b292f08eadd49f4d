"""A draw that a plan orders, at the desk: whom the plan leaves out is offered and counted, and told from the rest."""

from __future__ import annotations

import dataclasses
from html import unescape
from typing import Any

import pytest

from qingfu.packfile.read import load
from qingfu.packfile.words.moves import Draw
from qingfu.packfile.words.word import Quantity
from tests.cast import SEATS, enact_plan, moment
from tests.faces.desk_of import Office, office
from tests.faces.test_draws import hidden, view

__all__ = ["office"]

NAMED = ("上学期已抽查的学校", "正在基建停课的学校")
KINDS = {"sample": "/draws/new", "match": "/draws/new/match"}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def ordered(office: Office, kind: str, excludes: tuple[str, ...]) -> dict[str, str]:
    """What the form of an ordered draw of schools sends, under a plan of its own that is in force."""
    pack = load("hechuan-2024")
    clause = pack.visits["standing"].clause
    draw = Draw(
        clause=clause, says="随机抽查", kind="match" if kind == "match" else "sample", from_="中小学校", pool="schools",
        takers="staff" if kind == "match" else None, excludes=excludes,
        take=None if kind == "match" else Quantity(value=1, unit="school"),
    )  # fmt: skip
    other = {"plan": pack.plan.model_copy(update={"id": "spot-2024"}), "draws": {"schools": draw}}
    plan = enact_plan(dataclasses.replace(office.county), pack.model_copy(update=other), SEATS, at=moment("2024-07-17"))
    said = {"title": "随机抽查", "basis": f"{plan.edition}:schools", "clause": clause[0], "circle": "alone"}
    if kind == "match":
        return {**said, "targets": "schools", "takers": "staff", "rounds": "1"}
    return {**said, "pool": "schools", "how": "take", "take": "1"}


def test_whom_the_plan_leaves_out_is_offered_and_counted_and_other_reasons_are_told_apart(
    office: Office, kind: str
) -> None:
    page = KINDS[kind]
    first: dict[str, Any] = {"target" if kind == "match" else "place": ["1"]}
    shown = office.presses("clerk", page, "preview", **ordered(office, kind, NAMED))
    assert 'list="plan-reasons"' in shown.text
    for one in NAMED:
        assert f'<option value="{one}"></option>' in shown.text
        assert f"{one}（0）" in unescape(shown.words)
    assert "因其他理由排除" not in shown.words
    shown = office.presses("clerk", page, "exclude", **hidden(shown), **first, reason=NAMED[1])
    assert f"{NAMED[0]}（0）" in shown.words
    assert f"{NAMED[1]}（1）" in shown.words
    assert "因其他理由排除" not in shown.words
    back = office.presses("clerk", page, "include", **hidden(shown), **{"back-in": _key(shown.text)})
    other = office.presses("clerk", page, "exclude", **hidden(back), **first, reason="校长与局长有约")
    assert f"{NAMED[1]}（0）" in other.words
    assert "因其他理由排除" in other.words
    made = office.presses("clerk", page, "freeze", **hidden(other))
    assert made.status == 302, made.words
    held = view(office, int(made.where.rsplit("/", 1)[-1]))
    assert [one.reason for one in held.notice.excluded] == ["校长与局长有约"]


def test_a_plan_that_names_nobody_offers_no_reasons(office: Office, kind: str) -> None:
    shown = office.presses("clerk", KINDS[kind], "preview", **ordered(office, kind, ()))
    assert shown.status == 200
    assert "plan-reasons" not in shown.text
    assert "方案规定排除" not in shown.words


def _key(text: str) -> str:
    return text.split('name="back-in" value="', 1)[1].split('"', 1)[0]
