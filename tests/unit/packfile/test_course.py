"""A route takes a case from step to step; nothing the plan forbids passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qingfu.base.errors import LeadTime, NotFound, OpenBlank, QingfuError, WrongState
from qingfu.base.workdays import Workdays
from qingfu.packfile.course import (
    START,
    Applying,
    Outcome,
    Position,
    advance,
    list_of,
    may_apply,
    needed,
    opinions_open,
    readiness,
    refuse_flagged,
    route_of,
    step_at,
    steps_of,
    verbs,
)
from qingfu.packfile.errors import ConductConfirmed, CriterionUnmet, OutsideWindow
from qingfu.packfile.words.moves import Step
from qingfu.packfile.words.pack import Pack
from tests.unit.packfile import tiny

CALENDAR = Workdays.shipped()
DAY = date(2024, 4, 10)
EXPERTS, DECIDE = Position("at", "experts"), Position("at", "decide")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return tiny.sound(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def steps(pack: Pack) -> tuple[Step, ...]:
    return steps_of(pack, "yearly")


def _applying(pack: Pack, route: str = "yearly", today: date = DAY, **answers: str) -> Applying:
    said = {"title": "消防进校园", "theme": "消防", "criterion": "by-law", **answers}
    given = {key.replace("_", "-"): one for key, one in said.items() if one}
    return Applying(pack, route, given, today, CALENDAR)


def test_a_route_that_is_like_another_has_its_steps(pack: Pack) -> None:
    assert steps_of(pack, "routes.urgent") == steps_of(pack, "yearly")
    assert route_of(pack, "routes.urgent")[0] == "urgent"
    with pytest.raises(NotFound):
        steps_of(pack, "nowhere")


def test_a_route_knows_the_list_it_ends_in(pack: Pack) -> None:
    found = list_of(pack, "urgent")
    assert found is not None
    assert found[0] == "entry"


def test_a_case_walks_to_the_list_and_each_step_needs_its_number_of_people(steps: tuple[Step, ...]) -> None:
    assert advance(steps, START, "submit") == Outcome(EXPERTS, closed="apply", opened="experts")
    assert advance(steps, EXPERTS, "opine", opinions=1) == Outcome(EXPERTS, waits_for=1)
    assert advance(steps, EXPERTS, "opine", opinions=2) == Outcome(DECIDE, closed="experts", opened="decide")
    assert advance(steps, DECIDE, "approve", agreed=1).waits_for == 1
    assert advance(steps, DECIDE, "approve", agreed=2).position == Position("at", "publish")
    last = advance(steps, Position("at", "publish"), "publish")
    assert last == Outcome(Position("finished"), closed="publish", enters="entry", discloses="entry")


def test_a_returned_case_begins_again_at_the_step_after_submit(steps: tuple[Step, ...]) -> None:
    back = advance(steps, DECIDE, "return").position
    assert back == Position("returned")
    assert verbs(steps, back) == ("submit", "withdraw")
    assert advance(steps, back, "submit").position == EXPERTS


def test_a_refusal_by_one_ends_a_case_that_needs_two_to_agree(steps: tuple[Step, ...]) -> None:
    assert advance(steps, DECIDE, "refuse", agreed=1).position == Position("refused")


@pytest.mark.parametrize("state", ["refused", "withdrawn", "finished"])
def test_an_ended_case_knows_no_verb(state: str, steps: tuple[Step, ...]) -> None:
    ended = Position(state)  # type: ignore[arg-type]  # one of the states
    assert verbs(steps, ended) == ()
    assert step_at(steps, ended) is None
    for verb in ("submit", "opine", "approve", "return", "refuse", "publish", "withdraw"):
        with pytest.raises(WrongState):
            advance(steps, ended, verb)


def test_a_verb_of_another_step_is_refused_and_says_what_is_possible(steps: tuple[Step, ...]) -> None:
    with pytest.raises(WrongState) as caught:
        advance(steps, EXPERTS, "approve")
    assert caught.value.facts["possible"] == ["opine", "withdraw"]


def test_a_number_that_is_still_a_blank_is_never_invented(tmp_path: Path) -> None:
    blank = tiny.sound(tmp_path, ("routes.yaml", 'need: {opinions: {value: "2"}}', 'need: {opinions: {blank: "份数"}}'))
    with pytest.raises(OpenBlank):
        needed(steps_of(blank, "yearly")[1], "opine")


def test_sealed_opinions_are_read_by_nobody_until_the_panel_closes(steps: tuple[Step, ...]) -> None:
    assert not opinions_open(steps, EXPERTS, "experts")
    assert opinions_open(steps, DECIDE, "experts")
    assert opinions_open(steps, Position("returned"), "experts")
    assert opinions_open(steps, EXPERTS, "experts", this_round=False)
    assert opinions_open(steps, EXPERTS, "decide")


def test_a_confirmed_red_line_forbids_passing_and_not_refusing(pack: Pack) -> None:
    with pytest.raises(ConductConfirmed):
        refuse_flagged(pack, "approve", ["selling"])
    refuse_flagged(pack, "approve", ["twice"])
    refuse_flagged(pack, "refuse", ["selling"])


def test_applying_needs_a_criterion_that_the_list_admits(pack: Pack) -> None:
    may_apply(_applying(pack))
    for criterion in ("", "no-such", "agreed"):
        with pytest.raises(CriterionUnmet):
            may_apply(_applying(pack, criterion=criterion))


@pytest.mark.parametrize("answers", [{"consent": "council"}, {"consent": "yes"}, {"evidence": "批准文件"}])
def test_a_consent_is_a_document_of_the_application(answers: dict[str, str], pack: Pack) -> None:
    case = _applying(pack, criterion="agreed")
    may_apply(replace(case, answers={**case.answers, **answers}))


def test_a_refused_consent_is_none_even_with_a_document(pack: Pack) -> None:
    with pytest.raises(CriterionUnmet):
        may_apply(_applying(pack, criterion="agreed", consent="no", evidence="别的文件"))


def test_too_late_before_the_event_is_refused_and_the_last_day_is_in_time(pack: Pack) -> None:
    may_apply(_applying(pack, "urgent", date(2024, 4, 10), starts="2024-04-24"))
    with pytest.raises(LeadTime) as caught:
        may_apply(_applying(pack, "urgent", date(2024, 4, 11), starts="2024-04-24"))
    assert caught.value.facts["last_day"] == date(2024, 4, 10)
    assert caught.value.clause == "第三条"


def test_outside_the_window_nothing_is_taken(tmp_path: Path) -> None:
    window = (
        "    like: routes.yearly\n",
        (
            '    like: routes.yearly\n    collects:\n      from: {each: year, month: "4", day: "1"}\n'
            '      until: {each: year, month: "4", day: "30"}\n'
        ),
    )
    pack = tiny.sound(tmp_path, ("routes.yaml", *window))
    may_apply(_applying(pack, "urgent", date(2024, 4, 30), starts="2024-06-01"))
    for day in (date(2024, 3, 31), date(2024, 5, 1)):
        with pytest.raises(OutsideWindow) as caught:
            may_apply(_applying(pack, "urgent", day, starts="2024-06-01"))
        assert caught.value.clause == "第三条"
    closed = readiness(_applying(pack, "urgent", date(2024, 5, 1), starts="2024-06-01"))
    assert ("window", "stop") in [(remark.about, remark.level) for remark in closed]


def test_a_window_may_cross_the_end_of_the_year(tmp_path: Path) -> None:
    window = (
        "    like: routes.yearly\n",
        (
            '    like: routes.yearly\n    collects:\n      from: {each: year, month: "12", day: "1"}\n'
            '      until: {each: year, month: "1", day: "15"}\n'
        ),
    )
    pack = tiny.sound(tmp_path, ("routes.yaml", *window))
    for day in (date(2024, 12, 20), date(2025, 1, 15)):
        may_apply(_applying(pack, "urgent", day, starts="2025-06-01"))
    with pytest.raises(OutsideWindow):
        may_apply(_applying(pack, "urgent", date(2025, 1, 16), starts="2025-06-01"))


def test_the_live_check_says_what_is_missing_what_warns_and_what_is_well(pack: Pack) -> None:
    case = _applying(pack, "urgent", starts="2024-05-20", charges_money="yes")
    remarks = [(remark.about, remark.level, remark.key) for remark in readiness(case)]
    assert remarks == [
        ("conduct", "warn", "selling"), ("lead-time", "fine", "starts"), ("criterion", "fine", "by-law"),
        ("cap", "fine", "entry"),
    ]  # fmt: skip
    empty = [(remark.about, remark.level, remark.key) for remark in readiness(_applying(pack, criterion="", theme=""))]
    assert empty[:4] == [
        ("criterion", "stop", "criterion"), ("answer", "stop", "theme"), ("answer", "stop", "criterion"),
        ("answer", "stop", "starts"),
    ]  # fmt: skip


def test_the_live_check_counts_the_places_left_and_names_what_is_similar(pack: Pack) -> None:
    case = _applying(pack, starts="2024-05-20", charges_money="no")
    full = Applying(pack, "yearly", case.answers, DAY, CALENDAR, similar=("消防体验",), taken=2)
    found = {(remark.about, remark.key): remark for remark in readiness(full)}
    assert found["cap", "entry"].level == "warn"
    assert "2024" in found["cap", "entry"].text()
    assert "消防体验" in found["conduct", "twice"].text()


def test_what_the_live_check_stops_is_what_applying_refuses(pack: Pack) -> None:
    for route in ("yearly", "urgent"):
        for criterion in ("by-law", "agreed", ""):
            for starts in ("2024-04-12", "2024-05-20"):
                case = _applying(pack, route, criterion=criterion, starts=starts, charges_money="no")
                stops = [one for one in readiness(case) if one.level == "stop" and one.about != "answer"]
                try:
                    may_apply(case)
                    refused = False
                except QingfuError:
                    refused = True
                assert refused == bool(stops)


def test_the_live_check_says_that_it_ends_before_it_starts(pack: Pack) -> None:
    def about(ends: str) -> list[tuple[str, str]]:
        case = _applying(pack, starts="2024-05-20", charges_money="no")
        said = Applying(pack, "yearly", {**case.answers, "ends": ends}, DAY, CALENDAR)
        return [(remark.level, remark.key or "") for remark in readiness(said) if remark.about == "days"]

    assert about("2024-05-19") == [("stop", "ends")]
    assert about("2024-05-20") == about("") == about("soon") == []
