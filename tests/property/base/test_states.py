"""Every table that may exist can be walked, and every move it lists is the only one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingfu.base.errors import BadTable, NotAllowed, WrongState
from qingfu.base.states import Move, Table

STATES = "abcde"
roles = st.frozensets(st.sampled_from(["owner", "other", "office"]), min_size=1)
verbs = st.sampled_from(["go", "back", "stay"])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table that may exist: each state hangs on an earlier one, then more moves between them."""
    used = STATES[: draw(st.integers(2, len(STATES)))]
    final = frozenset(draw(st.sets(st.sampled_from(used[1:])))) | {used[-1]}
    inner = [state for state in used if state not in final]
    rows = [
        Move(draw(st.sampled_from([one for one in inner if one < state])), f"to_{state}", state, draw(roles))
        for state in used[1:]
    ]
    rows += [Move(state, "finish", used[-1], draw(roles)) for state in inner]
    for source in draw(st.lists(st.sampled_from(inner), unique=True)):
        rows.append(Move(source, draw(verbs), draw(st.sampled_from(used)), draw(roles)))
    return Table("t", "a", tuple(rows), final)


@given(tables())
def test_a_table_leads_everywhere_and_ends_only_where_it_says(table: Table) -> None:
    for state in table.states:
        assert (table.verbs(state, table.roles) == ()) == (state in table.final)
    reached = {table.initial}
    for _ in table.states:
        reached |= {
            table.move(state, verb, role)
            for state in reached
            for role in table.roles
            for verb in table.verbs(state, role)
        }
    assert reached == set(table.states)


@given(tables(), st.data(), roles)
def test_a_move_is_made_exactly_when_it_is_offered(table: Table, data: st.DataObject, who: frozenset[str]) -> None:
    state = data.draw(st.sampled_from(table.states))
    verb = data.draw(st.sampled_from([*table.all_verbs, "fly"]))
    offered = verb in table.verbs(state, who)
    try:
        target = table.move(state, verb, who)
    except (WrongState, NotAllowed):
        assert not offered
    else:
        assert offered
        assert target in table.states


@given(tables(), st.data())
def test_a_table_robbed_of_an_end_is_refused(table: Table, data: st.DataObject) -> None:
    end = data.draw(st.sampled_from(sorted(table.final)))
    with pytest.raises(BadTable, match=f"{end} is a dead end"):
        replace(table, final=table.final - {end})


@given(tables(), st.data())
def test_a_doubled_move_is_refused(table: Table, data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(table.rows))
    with pytest.raises(BadTable, match="twice"):
        replace(table, rows=(*table.rows, replace(row, target=table.initial)))


@given(tables())
def test_the_diagram_has_a_line_for_every_move_and_every_end(table: Table) -> None:
    assert table.mermaid().count(" --> ") == 1 + len(table.rows) + len(table.final)
