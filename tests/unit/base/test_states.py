"""A transition table moves only along its rows and refuses to exist when it contradicts itself."""

from __future__ import annotations

import pytest

from qingfu.base.errors import BadTable, NotAllowed, WrongState
from qingfu.base.states import Move, Table

OWNER, OTHER = frozenset({"owner"}), frozenset({"other"})
PROBLEMS = Table(
    "problem",
    "open",
    (
        Move("open", "rectify", "rectified", OWNER),
        Move("rectified", "strike_off", "closed", OTHER),
        Move("rectified", "return", "open", OTHER),
        Move("closed", "relapse", "open", OTHER | OWNER),
        Move("open", "void", "void", frozenset({"office"})),
    ),
    final=frozenset({"void"}),
)


def test_a_verb_leads_where_its_row_says() -> None:
    assert PROBLEMS.move("open", "rectify", "owner") == "rectified"
    assert PROBLEMS.move("closed", "relapse", {"stranger", "owner"}) == "open"


def test_a_verb_in_another_state_is_refused_with_what_is_possible() -> None:
    with pytest.raises(WrongState) as caught:
        PROBLEMS.move("open", "strike_off", "owner")
    assert caught.value.facts["possible"] == ["rectify"]
    assert "rectify" in caught.value.text()


def test_a_role_without_the_right_is_refused_with_who_may() -> None:
    with pytest.raises(NotAllowed) as caught:
        PROBLEMS.move("rectified", "strike_off", "owner")
    assert caught.value.facts["who"] == ["other"]


def test_nothing_leaves_a_final_state_and_no_unknown_state_is_entered() -> None:
    for state in ("void", "nowhere"):
        assert PROBLEMS.verbs(state, PROBLEMS.roles) == ()
        with pytest.raises(WrongState):
            PROBLEMS.move(state, "rectify", "owner")


def test_the_table_lists_its_states_verbs_and_roles() -> None:
    assert PROBLEMS.states == ("open", "rectified", "closed", "void")
    assert PROBLEMS.all_verbs == ("rectify", "strike_off", "return", "relapse", "void")
    assert PROBLEMS.verbs("rectified", "other") == ("strike_off", "return")
    assert PROBLEMS.roles == {"owner", "other", "office"}


def test_the_diagram_shows_every_row() -> None:
    drawn = PROBLEMS.mermaid()
    assert drawn.startswith("stateDiagram-v2\n    [*] --> open\n")
    assert "    closed --> open: relapse (other, owner)\n" in drawn
    assert drawn.endswith("    void --> [*]\n")


def test_the_same_verb_may_lead_disjoint_roles_apart() -> None:
    table = Table(
        "t",
        "a",
        (Move("a", "go", "b", OWNER), Move("a", "go", "c", OTHER)),
        final=frozenset({"b", "c"}),
    )
    assert (table.move("a", "go", "owner"), table.move("a", "go", "other")) == ("b", "c")


@pytest.mark.parametrize(
    ("rows", "final", "problem"),
    [
        ((Move("a", "go", "b", frozenset()),), {"b"}, "nobody may"),
        ((Move("a", "go", "b", OWNER), Move("a", "go", "c", OWNER)), {"b", "c"}, "twice"),
        ((Move("a", "go", "b", OWNER), Move("b", "back", "a", OWNER)), {"b"}, "final"),
        ((Move("a", "go", "b", OWNER), Move("c", "go", "b", OWNER)), {"b"}, "never reached"),
        ((Move("a", "go", "b", OWNER),), set(), "dead end"),
        ((Move("a", "go", "b", OWNER),), {"b", "z"}, "never reached"),
        ((), set(), "dead end"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(rows: tuple[Move, ...], final: set[str], problem: str) -> None:
    with pytest.raises(BadTable, match=problem):
        Table("t", "a", rows, final=frozenset(final))
