"""Who is somebody else (house rule 8, the pure part), and who is nobody in particular."""

from __future__ import annotations

import pytest

from qingfu.base.actor import Actor

OWNER, COLLEAGUE, DELEGATE = 1, 2, 3


def person(who: int, acting_for: int | None = None) -> Actor:
    return Actor(kind="person", bureau=7, person=who, acting_for=acting_for)


def test_a_colleague_is_somebody_else() -> None:
    assert person(COLLEAGUE).is_somebody_else_than([OWNER])


def test_the_owner_is_not_somebody_else_even_when_acting_for_a_colleague() -> None:
    assert not person(OWNER).is_somebody_else_than([OWNER])
    assert not person(OWNER, acting_for=COLLEAGUE).is_somebody_else_than([OWNER])


def test_whoever_acts_for_the_owner_is_not_somebody_else() -> None:
    assert not person(COLLEAGUE, acting_for=OWNER).is_somebody_else_than([OWNER])


@pytest.mark.parametrize("pair", [(OWNER, DELEGATE), (DELEGATE, OWNER)])
def test_delegate_and_delegator_of_the_owner_are_not_somebody_else(pair: tuple[int, int]) -> None:
    assert not person(DELEGATE).is_somebody_else_than([OWNER], [pair])


def test_acting_for_the_delegate_of_the_owner_is_not_somebody_else() -> None:
    assert not person(COLLEAGUE, acting_for=DELEGATE).is_somebody_else_than([OWNER], [(OWNER, DELEGATE)])


def test_a_delegation_between_other_people_does_not_matter() -> None:
    assert person(COLLEAGUE).is_somebody_else_than([OWNER], [(OWNER, DELEGATE), (8, 9)])


@pytest.mark.parametrize("actor", [Actor.clock(7), Actor.public(7), Actor.link(7, organ=4)])
def test_clock_link_and_public_are_never_somebody_else(actor: Actor) -> None:
    assert not actor.is_somebody_else_than([OWNER])


def test_a_link_speaks_for_its_organ_and_is_marked_as_such() -> None:
    link = Actor.link(7, organ=4)
    assert (link.organ, link.via, link.person) == (4, "link", None)


def test_a_person_must_be_named_and_the_clock_must_not() -> None:
    with pytest.raises(ValueError, match="person"):
        Actor(kind="person", bureau=7)
    with pytest.raises(ValueError, match="nobody"):
        Actor(kind="clock", bureau=7, person=1)


def test_the_name_stays_out_of_what_is_printed_for_operators() -> None:
    assert "王" not in repr(Actor(kind="person", bureau=7, person=1, name="王某"))
