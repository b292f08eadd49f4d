"""The crawler: every address and every act, as every member of the cast, against the written matrix."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import Settings

from qingfu.records.journal.queries import reading
from qingfu.records.models import Entry
from tests.faces.matrix import OUTCOMES, Line, lines
from tests.faces.world import MEMBERS, World, acts_of, named_pages
from tests.records.stage import undone

MATRIX = tuple(lines())
PAGES = tuple(line for line in MATRIX if line.act is None)
# A one-time link's page is wrapped; its one act is written down by hand.
BY_HAND = {("accept-invitation", "set"), ("set-password", "set")}
# What is public in every bureau, and what a token opens instead of an id.
OPEN = ("witness", "portal", "link", "accept-invitation", "set-password")


@pytest.fixture(autouse=True)
def on_a_plan_day(settings: Settings) -> None:
    """The demonstration's clock, which the world has set."""
    settings.DEMO = True


def name(line: Line) -> str:
    return line.name


def test_every_page_and_every_act_stands_in_the_matrix_and_nothing_else() -> None:
    pages = named_pages()
    assert {line.page.partition(" (")[0] for line in PAGES} == set(pages)
    acts = {(page, act) for page, found in pages.items() for act in acts_of(found)} | BY_HAND
    assert {(line.page, line.act) for line in MATRIX if line.act is not None} == acts


@pytest.mark.parametrize("line", MATRIX, ids=name)
def test_a_line_says_one_thing_of_each_member(line: Line) -> None:
    assert {member: line.outcome(member) for member in MEMBERS if line.outcome(member) not in OUTCOMES} == {}
    assert {who for members in line.outcomes.values() for who in members} == set(MEMBERS)


@pytest.mark.parametrize("member", MEMBERS)
def test_everybody_gets_what_the_matrix_says(world: World, member: str) -> None:
    found = {}
    for line in MATRIX:
        with undone():
            if line.act == "hand-in":
                world.write_drafts(member, world.mine)
            found[line.name] = line.tried(world.browsers[member], world.mine)
    assert found == {line.name: line.outcome(member) for line in MATRIX}


def who_may(line: Line) -> list[str]:
    """The members of the home bureau who may, if not now and not with this."""
    words = ("allowed", "invalid", "wrong-state")
    return [member for word in words for member in line.outcomes.get(word, ()) if member != "stranger"]


def closed(line: Line) -> bool:
    """Whether the line is about something that belongs to one bureau alone."""
    return bool(set(line.at) - {"share", "year"}) and not line.page.startswith(OPEN) and "kind" not in line.at


@pytest.mark.parametrize("line", [line for line in MATRIX if closed(line)], ids=name)
def test_an_id_of_another_bureau_in_an_address_is_not_found_by_those_who_may_at_home(world: World, line: Line) -> None:
    for member in who_may(line)[:2]:
        with undone():
            assert line.tried(world.browsers[member], world.theirs, sent=world.mine) == "not-found", member


def names_things(line: Line) -> bool:
    """Whether what is sent names something by its id; a digest and a word of the plan are no ids."""
    return any(text.startswith("@") and key not in ("seen", "exit") for key, text in line.sent.items())


@pytest.mark.parametrize("line", [line for line in MATRIX if names_things(line)], ids=name)
def test_an_id_of_another_bureau_in_what_is_sent_does_nothing(world: World, line: Line) -> None:
    member = who_may(line)[0]
    with undone():
        with reading(world.home.keeper):
            before = Entry.objects.count()
        found = line.tried(world.browsers[member], world.mine, sent=world.theirs)
        with reading(world.home.keeper):
            assert Entry.objects.count() == before
    assert found in ("not-found", "invalid", "forbidden", "wrong-state")


@pytest.mark.parametrize("address", ["demo-next-day", "demo-go-to", "demo-persona"])
def test_the_demonstrations_switches_exist_in_a_demonstration_only(
    world: World, settings: Settings, address: str
) -> None:
    settings.DEMO = False
    answers = [world.browsers[member].post(reverse(address)) for member in ("keeper", "clerk", "nobody")]
    assert [answer.status_code for answer in answers] == [404] * 3
