"""The player of situations: what each fact does, what is refused, and that a wrong expectation is caught."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

import pytest

from qingfu.packfile.play import Played, play
from qingfu.packfile.words.pack import Pack
from tests.unit.packfile import tiny

LISTED = """\
- {verb: apply, day: "2024-04-01", route: yearly, as: fire, who: department, answers: {title: "消防进校园", theme: "消防", criterion: by-law}}
- {verb: opine, day: "2024-04-02", as: fire, who: experts, count: "2"}
- {verb: approve, day: "2024-04-03", as: fire, who: council, count: "2"}
- {verb: publish, day: "2024-04-04", as: fire, who: office}
"""


def _played(
    folder: Path,
    facts: str,
    expect: str,
    *changes: tuple[str, str, str],
    day: str = "2024-06-01",
    blanks: str = "{}",
) -> Played:
    head = f'situations:\n  - id: it\n    proves: [A15]\n    says: "试"\n    day: "{day}"\n    blanks: {blanks}\n'
    body = f"    facts:\n{indent(dedent(facts), '      ')}" if facts else ""
    text = f"{head}{body}    expect:\n{indent(dedent(expect), '      ')}"
    pack: Pack = tiny.sound(folder, *changes, also={"situations.yaml": text})
    return play(pack, pack.situations[0])


def _failures(played: Played) -> list[str]:
    return [said.text() for said in played.failures]


def _codes(played: Played) -> dict[int, str]:
    return {one.number: one.refused.code for one in played.facts if one.refused}


def test_a_case_ends_on_the_list_and_the_gate_admits_it(tmp_path: Path) -> None:
    expect = """\
        - {case: fire, state: finished}
        - {list: entry, taken: "1", name: "消防进校园", state: listed}
        - {gate: admit, name: "消防 进校园"}
        - {gate: refuse, name: "消防进社区"}
        """
    assert _failures(_played(tmp_path, LISTED, expect)) == []


def test_a_wrong_expectation_is_a_failure_and_says_both_sides(tmp_path: Path) -> None:
    played = _played(tmp_path, LISTED, '- {list: entry, taken: "2"}\n- {gate: refuse, name: "消防进校园"}\n')
    assert not played.holds
    assert _failures(played) == [
        "entry: places taken should be 2, and is 1",
        "消防进校园: answer should be refuse, and is admit",
    ]


def test_a_refusal_nobody_expects_is_a_failure(tmp_path: Path) -> None:
    played = _played(tmp_path, '- {verb: approve, day: "2024-04-03", as: fire}\n', '- {list: entry, taken: "0"}\n')
    assert _codes(played) == {1: "QF-NOT-FOUND"}
    assert len(played.failures) == 1


def test_an_expected_refusal_that_does_not_come_is_a_failure(tmp_path: Path) -> None:
    assert not _played(tmp_path, LISTED, '- {refused: "1"}\n').holds
    assert not _played(
        tmp_path, LISTED.replace("who: council", "who: office"), '- {refused: "3", code: "QF-LATE"}\n'
    ).holds


REFUSED = {
    "the wrong party": (LISTED.replace("who: council", "who: office"), 3, "QF-NOT-ALLOWED"),
    "a decision before its step": (LISTED.replace("verb: opine", "verb: approve"), 2, "QF-WRONG-STATE"),
    "a step that is not the running one": (LISTED.replace("as: fire, who: experts", "as: fire, step: decide"), 2, "QF-WRONG-STATE"),
    "a second opinion of one person": (
        LISTED.replace('who: experts, count: "2"', "person: 王") + '- {verb: opine, day: "2024-04-03", as: fire, person: 王}\n',
        5, "QF-OPINION-GIVEN",
    ),
    "agreeing twice": (
        LISTED.replace('who: council, count: "2"', "person: 王") + '- {verb: approve, day: "2024-04-04", as: fire, person: 王}\n',
        5, "QF-ALREADY-THERE",
    ),
    "a confirmed red line": (LISTED.replace("who: council,", "who: council, flags: [selling],"), 3, "QF-CONDUCT"),
    "no criterion": (LISTED.replace(", criterion: by-law", ""), 1, "QF-INVALID"),
    "a third place of two": (
        LISTED + "".join(
            LISTED.replace("fire", name).replace("消防进校园", name) for name in ("law", "health")
        ), 12, "QF-LIST-FULL",
    ),
    "the same name twice": (LISTED + LISTED.replace("as: fire", "as: again"), 8, "QF-ALREADY-THERE"),
    "an unknown blank": ('- {verb: fill, day: "2024-04-01", blank: lists.entry.caps.0, value: "3"}\n', 1, "QF-NOT-FOUND"),
    "handing in what is not theirs": ('- {verb: hand-in, day: "2024-04-01", duty: look-back, who: office}\n', 1, "QF-NOT-ALLOWED"),
    "accepting what was not handed in": ('- {verb: accept, day: "2024-04-01", duty: look-back}\n', 1, "QF-WRONG-STATE"),
    "accepting by somebody it was not handed to": (
        '- {verb: hand-in, day: "2024-04-01", duty: look-back}\n- {verb: accept, day: "2024-04-02", duty: look-back, who: council}\n',
        2, "QF-NOT-ALLOWED",
    ),
    "waiving without a reason": ('- {verb: waive, day: "2024-04-01", duty: look-back}\n', 1, "QF-INVALID"),
    "moving a day without a reason": ('- {verb: reschedule, day: "2024-04-01", duty: look-back, to-day: "2024-05-10"}\n', 1, "QF-INVALID"),
    "a plan line without all it needs": (
        '- {verb: find-problem, day: "2024-04-01", as: p}\n- {verb: plan-rectification, day: "2024-04-02", as: p, person: 李}\n',
        2, "QF-INVALID",
    ),
    "reporting what was not planned": (
        '- {verb: find-problem, day: "2024-04-01", as: p, kind: fees}\n- {verb: report-done, day: "2024-04-02", as: p}\n',
        2, "QF-WRONG-STATE",
    ),
    "restoring what was never off": (LISTED + '- {verb: restore, day: "2024-04-05", as: fire}\n', 5, "QF-WRONG-STATE"),
    "leaving by an exit of nobody": (LISTED + '- {verb: evaluate, day: "2024-04-05", as: fire, who: office, verdict: bad}\n', 5, "QF-NOT-ALLOWED"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_plan_forbids_is_refused_with_its_code(name: str, tmp_path: Path) -> None:
    facts, number, code = REFUSED[name]
    assert _codes(_played(tmp_path, facts, "- {phase: start, state: over}\n")).get(number) == code


def test_a_refused_fact_changes_nothing(tmp_path: Path) -> None:
    facts = LISTED.replace("who: council,", "who: council, flags: [selling],")
    expect = """\
        - {refused: "3", code: "QF-CONDUCT"}
        - {refused: "4"}
        - {case: fire, state: at, step: decide, flags: []}
        - {list: entry, taken: "0"}
        """
    assert _failures(_played(tmp_path, facts, expect)) == []


def test_a_returned_case_begins_again_and_everybody_opines_anew(tmp_path: Path) -> None:
    facts = """\
        - {verb: apply, day: "2024-04-01", route: yearly, as: fire, answers: {criterion: by-law, charges-money: "yes"}}
        - {verb: opine, day: "2024-04-02", as: fire, person: 甲}
        - {verb: opine, day: "2024-04-02", as: fire, person: 乙}
        - {verb: return, day: "2024-04-03", as: fire, who: council}
        - {verb: apply, day: "2024-04-04", route: yearly, as: fire, answers: {charges-money: "no"}}
        - {verb: opine, day: "2024-04-05", as: fire, person: 甲}
        """
    assert _failures(_played(tmp_path, facts, "- {case: fire, state: at, step: experts, flags: []}\n")) == []


def test_units_are_counted_and_late_only_after_the_day(tmp_path: Path) -> None:
    facts = '- {verb: hand-in, day: "2024-04-29", duty: look-back, count: "58", of: "62"}\n'
    before = '- {duty: look-back, state: late, count: "0"}\n- {duty: look-back, state: open, count: "4"}\n'
    after = '- {duty: look-back, state: late, count: "4", due: "2024-04-30"}\n'
    assert _failures(_played(tmp_path / "a", facts, before, day="2024-04-30")) == []
    assert _failures(_played(tmp_path / "b", facts, after, day="2024-05-01")) == []


def test_a_scope_has_its_own_day_and_the_whole_counts_both(tmp_path: Path) -> None:
    facts = """\
        - {verb: hand-in, day: "2024-04-18", duty: look-back, unit: city-schools, count: "5", of: "6"}
        - {verb: hand-in, day: "2024-04-18", duty: look-back, count: "20", of: "30"}
        """
    expect = """\
        - {duty: look-back, unit: city-schools, state: late, count: "1", due: "2024-04-20"}
        - {duty: look-back, state: late, count: "1"}
        - {duty: look-back, state: handed-in, count: "25"}
        """
    assert _failures(_played(tmp_path, facts, expect, day="2024-04-22")) == []


def test_a_moved_day_keeps_the_old_one(tmp_path: Path) -> None:
    facts = '- {verb: reschedule, day: "2024-04-01", duty: look-back, to-day: "2024-05-10", who: council, reason: "五一放假"}\n'
    expect = '- {duty: look-back, state: late, count: "0", due: "2024-05-10", was-due: "2024-04-30"}\n'
    assert _failures(_played(tmp_path, facts, expect, day="2024-05-08")) == []


def test_what_is_returned_is_handed_in_again_and_what_asks_no_proof_is_never_late(tmp_path: Path) -> None:
    facts = """\
        - {verb: hand-in, day: "2024-04-01", duty: look-back, count: "3", of: "3"}
        - {verb: return-hand-in, day: "2024-04-02", duty: look-back, count: "2"}
        - {verb: hand-in, day: "2024-04-03", duty: look-back}
        - {verb: accept, day: "2024-04-04", duty: look-back, count: "2"}
        """
    expect = """\
        - {duty: look-back, state: accepted, count: "2"}
        - {duty: look-back, state: returned, count: "1"}
        - {duty: look-back, state: late, count: "1"}
        - {duty: study, state: accepted, count: "1"}
        - {duty: meeting, state: open, count: "1"}
        """
    assert _failures(_played(tmp_path, facts, expect)) == []


def test_one_line_of_the_ledger_lives_through_everything(tmp_path: Path) -> None:
    facts = """\
        - {verb: find-problem, day: "2024-04-26", as: p, kind: fees}
        - {verb: plan-rectification, day: "2024-04-28", as: p, person: 李, answers: {measure: "退费"}}
        - {verb: report-done, day: "2024-05-06", as: p, person: 李}
        - {verb: verify, day: "2024-05-07", as: p, person: 李}
        - {verb: send-back, day: "2024-05-07", as: p, person: 王}
        - {verb: report-done, day: "2024-05-08", as: p, person: 张}
        - {verb: verify, day: "2024-05-09", as: p, person: 李}
        - {verb: verify, day: "2024-05-09", as: p, person: 王}
        - {verb: revisit, day: "2024-05-30", as: p, person: 赵}
        - {verb: relapse, day: "2024-05-31", as: p, person: 赵}
        """
    expect = """\
        - {refused: "4", code: "QF-SOMEBODY-ELSE"}
        - {refused: "7", code: "QF-SOMEBODY-ELSE"}
        - {problem: p, state: reopened, count: "1", due: "2024-06-17"}
        """
    assert _failures(_played(tmp_path, facts, expect)) == []


def test_what_is_put_right_at_once_needs_no_plan_before(tmp_path: Path) -> None:
    facts = """\
        - {verb: find-problem, day: "2024-04-26", as: p, kind: tidy, count: "3"}
        - {verb: report-done, day: "2024-04-26", as: p, count: "2"}
        - {verb: verify, day: "2024-04-27", as: p}
        """
    expect = '- {problem: p, state: struck-off, count: "2"}\n- {problem: p, state: found, count: "1"}\n- {problem: p, count: "3"}\n'
    assert _failures(_played(tmp_path, facts, expect)) == []


def test_a_paused_affair_is_not_admitted_keeps_its_place_and_may_come_back(tmp_path: Path) -> None:
    paused = LISTED + '- {verb: exit, day: "2024-05-01", as: fire, exit: pause}\n'
    expect = '- {gate: refuse, name: "消防进校园"}\n- {list: entry, taken: "1", name: "消防进校园", state: paused}\n'
    assert _failures(_played(tmp_path / "a", paused, expect)) == []
    back = paused + '- {verb: restore, day: "2024-05-02", as: fire}\n'
    assert _failures(_played(tmp_path / "b", back, '- {gate: admit, name: "消防进校园"}\n')) == []


def test_a_bad_verdict_takes_it_off_the_list_and_frees_the_place(tmp_path: Path) -> None:
    facts = LISTED + '- {verb: evaluate, day: "2024-05-20", as: fire, who: council, verdict: bad}\n'
    expect = '- {list: entry, taken: "0", name: "消防进校园", state: cleared}\n- {gate: refuse, name: "消防进校园"}\n'
    assert _failures(_played(tmp_path, facts, expect)) == []


def test_a_place_ends_with_its_span_or_with_the_next_list(tmp_path: Path) -> None:
    expired = '- {gate: refuse, name: "消防进校园"}\n- {list: entry, name: "消防进校园", state: expired}\n'
    assert _failures(_played(tmp_path / "a", LISTED, expired, day="2025-01-02")) == []
    until = ("lists.yaml", "    per: calendar-year", "    per: calendar-year\n    valid-until: next-list")
    admitted = '- {gate: admit, name: "消防进校园"}\n'
    assert _failures(_played(tmp_path / "b", LISTED, admitted, until, day="2025-01-02")) == []
    newer = LISTED + LISTED.replace("fire", "law").replace("2024-04", "2025-01").replace("消防进校园", "法治")
    assert _failures(_played(tmp_path / "c", newer, expired, until, day="2025-01-20")) == []


def test_a_place_for_the_next_year_is_not_good_before_it_begins(tmp_path: Path) -> None:
    following = ("lists.yaml", "    per: calendar-year", "    per: calendar-year\n    valid-for: next")
    early = '- {gate: refuse, name: "消防进校园"}\n- {list: entry, taken: "1"}\n'
    assert _failures(_played(tmp_path / "a", LISTED, early, following, day="2024-12-31")) == []
    assert (
        _failures(_played(tmp_path / "b", LISTED, '- {gate: admit, name: "消防进校园"}\n', following, day="2025-01-01"))
        == []
    )


def test_nothing_happens_before_the_plan_is_in_force_and_no_blank_is_left(tmp_path: Path) -> None:
    blank = ("lists.yaml", '{value: "2", unit: item}', '{blank: "总量", unit: item}')
    facts = """\
        - {verb: put-in-force, day: "2024-03-04"}
        - {verb: hand-in, day: "2024-03-05", duty: look-back, who: school}
        - {verb: fill, day: "2024-03-06", blank: lists.entry.caps.0.at-most, value: "3"}
        - {verb: put-in-force, day: "2024-03-07"}
        - {verb: hand-in, day: "2024-03-08", duty: look-back, who: school}
        - {verb: put-in-force, day: "2024-03-09"}
        """
    expect = """\
        - {refused: "1", code: "QF-PLAN-HURDLES"}
        - {refused: "2", code: "QF-NOT-IN-FORCE"}
        - {refused: "6", code: "QF-WRONG-STATE"}
        - {duty: look-back, state: handed-in, count: "1"}
        """
    assert _failures(_played(tmp_path, facts, expect, blank)) == []


def test_an_open_number_stops_an_opinion_instead_of_being_guessed(tmp_path: Path) -> None:
    blank = ("routes.yaml", 'need: {opinions: {value: "2"}}', 'need: {opinions: {blank: "份数"}}')
    assert _codes(_played(tmp_path / "a", LISTED, "- {phase: start}\n", blank))[2] == "QF-PACK-BLANK"
    filled = '{routes.yearly.steps.experts.need.opinions: "2"}'
    assert _failures(_played(tmp_path / "b", LISTED, "- {case: fire, state: finished}\n", blank, blanks=filled)) == []


def test_a_phase_a_seat_and_a_later_rule_can_be_expected(tmp_path: Path) -> None:
    expect = """\
        - {phase: start, state: running, due: "2024-04-30"}
        - {seated: office, name: council, count: "2"}
        """
    assert _failures(_played(tmp_path, "", expect, day="2024-04-30")) == []
    wrong = "- {seated: office, name: school}\n- {phase: start, state: over}\n"
    assert len(_failures(_played(tmp_path / "b", "", wrong, day="2024-04-30"))) == 2
