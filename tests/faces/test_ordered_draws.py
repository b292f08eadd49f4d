"""Draws that a plan in force orders, at the desk: the form is filled in from the clause, and less is refused."""

from __future__ import annotations

import dataclasses
import re
from typing import Any
from urllib.parse import quote

import pytest

from qingfu.base.draw.notice import Share
from qingfu.packfile.read import load
from qingfu.records.draws import queries
from qingfu.records.draws.queries import DrawView
from qingfu.records.plans.queries import InForce
from tests.cast import enact_plan, moment
from tests.faces.desk_of import Office, Seen, office
from tests.faces.test_draws import NEW, as_csv, hidden, parents

__all__ = ["office"]

SEATS = {"leading-group": "leading-group", "education-office": "commission", "discipline-section": "police",
         "office": "office", "inspection-group": "committee", "teaching-section": "fire",
         "development-centre": "fire"}  # fmt: skip
SCHOOLS_DRAWN = "2"


@pytest.fixture
def campaign(office: Office) -> InForce:
    """The campaign against paid tutoring in force beside the county's own plan; undone with the test."""
    fills = {"draws.spot-check.take": SCHOOLS_DRAWN}
    pack, begins = load("paid-tutoring-2023"), moment("2024-07-17")
    return enact_plan(dataclasses.replace(office.county), pack, SEATS, fills=fills, at=begins)


def begun(office: Office, plan: InForce, key: str, *, who: str = "clerk") -> tuple[Seen, dict[str, Any]]:
    """The form as it is begun from an ordered draw, and what it says of itself."""
    basis = f"{plan.edition}:{key}"
    assert f"?basis={quote(basis)}" in office.sees(who, NEW).text
    form = office.sees(who, NEW, basis=basis)
    said: dict[str, Any] = {name: form.hidden(name) for name in ("basis", "clause")}
    for name in ("title", "take", "percent"):
        found = re.search(rf'name="{name}" type="text" value="([^"]*)"', form.text)
        said |= {name: found[1]} if found else {}
    ticked = re.findall(r'<input type="[a-z]+" id="[^"]*" name="([^"]+)" value="([^"]+)" checked', form.text)
    said |= {name: value for name, value in ticked if name != "by"}
    return form, said | {"by": list(dict.fromkeys(value for name, value in ticked if name == "by"))}


def froze(office: Office, said: dict[str, Any], *, who: str = "clerk", **changed: Any) -> Seen:
    """The list looked at and frozen, with some things said otherwise."""
    shown = office.presses(who, NEW, "preview", **{**said, "circle": "alone", **changed})
    assert shown.status == 200, shown.words
    return office.presses(who, NEW, "freeze", **hidden(shown))


def view(office: Office, made: Seen) -> DrawView:
    assert made.status == 302, made.words
    return queries.draw(office.county["clerk"], int(made.where.rsplit("/", 1)[-1]))


@pytest.mark.proves("D04")
def test_the_parents_to_be_called_are_drawn_as_the_campaign_orders(office: Office, campaign: InForce) -> None:
    form, said = begun(office, campaign, "parents")
    assert (said["pool"], said["how"], said["percent"], said["by"]) == ("roster", "share", "3", ["school", "grade"])
    assert "不少于3%" in said["title"]
    assert "(二)1" in form.words
    assert 'href="?basis=' not in form.text
    # Whatever a form says of the clause, the plan's own stands in the notice.
    made = froze(office, said, roster=as_csv(parents()), clause="十")
    held = view(office, made)
    assert (held.key, held.edition, held.notice.clause) == ("parents", campaign.edition, "(二)1f")
    assert held.notice.method == Share(("school", "grade"), 3, 100)
    posted = office.sees("clerk", f"{made.where}/notice").words
    assert "(二)1" in posted
    assert "3%" in posted


@pytest.mark.proves("D04")
@pytest.mark.parametrize(
    ("less", "told"),
    [
        ({"percent": "2"}, r"方案规定每一部分不少于\s*3%"),
        ({"how": "take", "take": "5"}, r"方案规定每一部分不少于\s*3%"),
        ({"by": ["grade"]}, "方案规定按以下各项分别抽取：学校、年级"),
    ],
)
def test_fewer_parents_than_the_campaign_orders_are_refused(
    office: Office, campaign: InForce, less: dict[str, Any], told: str
) -> None:
    _form, said = begun(office, campaign, "parents")
    refused = froze(office, said, roster=as_csv(parents()), **less)
    assert refused.status == 422
    assert re.search(told, refused.words)
    assert queries.draws(office.county["clerk"]).total == 0


@pytest.mark.proves("D04")
def test_a_school_that_draws_its_own_parents_is_bound_by_the_same_clause(office: Office, campaign: InForce) -> None:
    form, said = begun(office, campaign, "parents", who="principal")
    assert "不少于3%" in form.words
    rows = [row for row in parents(40) if row[0] in ("学校", "清溪小学")]
    refused = froze(office, said, who="principal", roster=as_csv(rows), percent="2")
    assert refused.status == 422
    made = froze(office, said, who="principal", roster=as_csv(rows))
    assert view(office, made).key == "parents"


@pytest.mark.proves("D10")
def test_as_many_schools_as_the_bureau_set_are_drawn_for_the_spot_check(office: Office, campaign: InForce) -> None:
    form, said = begun(office, campaign, "spot-check")
    assert (said["pool"], said["how"], said["take"]) == ("schools", "take", SCHOOLS_DRAWN)
    assert "(三)2" in form.words
    refused = froze(office, said, take="1")
    assert refused.status == 422
    assert re.search(rf"方案规定至少\S*\s*{SCHOOLS_DRAWN}", refused.words)
    held = view(office, froze(office, said))
    assert (held.key, held.notice.clause, len(held.notice.pool)) == ("spot-check", "(三)2b", 2)


def test_teams_are_chosen_by_people_and_not_drawn(office: Office, campaign: InForce) -> None:
    assert quote(f"{campaign.edition}:covert-teams") not in office.sees("clerk", NEW).text


def test_a_draw_that_no_plan_orders_stands_under_no_clause(office: Office) -> None:
    said = {"title": "随机抽查", "pool": "schools", "how": "take", "take": "1", "clause": "(三)2b"}
    assert view(office, froze(office, said)).notice.clause == ""
