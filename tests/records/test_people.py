"""The register of people: one person may hold several posts, a post has one holder, a delegate stands in for a time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qingfu.base.errors import AlreadyThere, Invalid, LinkSpent, NotAllowed
from qingfu.records.people import actions as people
from qingfu.records.people.queries import actor_in, posts_of, sort_key
from tests.cast import BEGINS, County, county

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet evening"


@pytest.fixture
def home() -> County:
    return county(enact=False)


def _account(home: County, name: str) -> int:
    token = people.invite(home.keeper, person=home.persons[name], at=BEGINS)
    return people.accept_link(token=token, name=name, password=PASSWORD, at=BEGINS)


def test_an_invitation_opens_once(home: County) -> None:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=BEGINS)
    people.accept_link(token=token, name="clerk", password=PASSWORD, at=BEGINS)
    with pytest.raises(LinkSpent):
        people.accept_link(token=token, name="clerk-again", password=PASSWORD, at=BEGINS)


def test_an_invitation_runs_out(home: County) -> None:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=BEGINS)
    with pytest.raises(LinkSpent):
        people.accept_link(token=token, name="clerk", password=PASSWORD, at=BEGINS + timedelta(days=8))


def test_a_weak_password_spends_no_link(home: County) -> None:
    token = people.invite(home.keeper, person=home.persons["clerk"], at=BEGINS)
    with pytest.raises(Invalid):
        people.accept_link(token=token, name="clerk", password="12345", at=BEGINS)
    assert people.accept_link(token=token, name="clerk", password=PASSWORD, at=BEGINS)


def test_a_taken_sign_in_name_spends_no_link(home: County) -> None:
    _account(home, "clerk")
    token = people.invite(home.keeper, person=home.persons["leader"], at=BEGINS)
    with pytest.raises(Invalid):
        people.accept_link(token=token, name="clerk", password=PASSWORD, at=BEGINS)
    assert people.accept_link(token=token, name="leader", password=PASSWORD, at=BEGINS)


def test_a_reset_needs_no_mail(home: County) -> None:
    account = _account(home, "clerk")
    token = people.reset_password(home.keeper, person=home.persons["clerk"], at=BEGINS)
    assert people.accept_link(token=token, name="", password=PASSWORD + " two", at=BEGINS) == account


def test_one_person_holds_several_posts(home: County) -> None:
    account = _account(home, "reviewer")
    post = people.add_post(home.keeper, organ=home.organs["secretariat"], title="兼职秘书", at=BEGINS)
    people.hold_post(home.keeper, post=post, person=home.persons["reviewer"], from_on=date(2024, 1, 1), at=BEGINS)
    titles = {held.title for held in posts_of(account, at=BEGINS)}
    assert titles == {"基础教育科科长", "兼职秘书"}


def test_a_post_has_one_holder_at_a_time(home: County) -> None:
    post = home["clerk"].post
    assert post is not None
    with pytest.raises(AlreadyThere):
        people.hold_post(home.keeper, post=post, person=home.persons["leader"], from_on=date(2024, 8, 1), at=BEGINS)


def test_a_delegate_acts_for_the_giver_and_only_in_the_period(home: County) -> None:
    account = _account(home, "deputy")
    leader = home["leader"].post
    assert leader is not None
    people.delegate(
        home.keeper, post=leader, taker=home.persons["deputy"], from_on=date(2024, 8, 1), until_on=date(2024, 8, 3),
        at=BEGINS,
    )  # fmt: skip
    inside = BEGINS.replace(month=8, day=2)
    found = actor_in(account, leader, at=inside)
    assert found is not None
    assert (found[0].person, found[0].acting_for) == (home.persons["deputy"], home.persons["leader"])
    assert leader not in {held.id for held in posts_of(account, at=inside + timedelta(days=2))}


def test_only_the_keeper_keeps_the_register(home: County) -> None:
    with pytest.raises(NotAllowed):
        people.add_person(home["principal"], name="某某", at=BEGINS)


def test_surnames_are_read_as_surnames() -> None:
    assert sort_key("曾国清", person=True).startswith("zeng ")
    assert sort_key("单校长", person=True).startswith("shan ")
