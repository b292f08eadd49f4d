"""What the source leaves open is filled by the bureau; what may not be put in force says why."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from pathlib import Path

import pytest

from qingfu.base.errors import Invalid, NoSuchDay, NotFound, OpenBlank
from qingfu.packfile.blanks import assumptions, fill, filled, open_blanks
from qingfu.packfile.errors import NotReadyForForce
from qingfu.packfile.hurdles import flags, hurdles, refuse_unready
from qingfu.packfile.words.when import OnDate
from tests.unit.packfile import tiny

CAP = ("lists.yaml", '{value: "2", unit: item}', '{blank: "总量", unit: item, least: "1", most: "20"}')
OPINIONS = ("routes.yaml", 'need: {opinions: {value: "2"}}', 'need: {opinions: {blank: "份数"}}')
PHONE = ("intakes.yaml", 'at: {text: "12345678"}', 'at: {blank: "电话"}')
DAY = ("evaluations.yaml", 'due: {date: "2024-12-20"}', 'due: {blank: "评估日期", if-late: refuse}')


def test_every_blank_has_a_stable_name_and_says_what_it_asks(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path, CAP, OPINIONS, PHONE, DAY)
    found = {blank.name: (blank.asks, blank.holds, blank.clause) for blank in open_blanks(pack)}
    assert found == {
        "lists.entry.caps.0.at-most": ("总量", "number", "第四条"),
        "routes.yearly.steps.experts.need.opinions": ("份数", "number", "第三条"),
        "evaluations.review.due": ("评估日期", "day", "第四条"),
        "intakes.phone.channels.0.at": ("电话", "text", "第六条"),
    }


def test_filling_every_blank_leaves_none_and_keeps_the_rest(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path, CAP, OPINIONS, PHONE, DAY)
    ready = filled(
        pack,
        {
            "lists.entry.caps.0.at-most": "12",
            "routes.yearly.steps.experts.need.opinions": "3",
            "evaluations.review.due": "2024-12-20",
            "intakes.phone.channels.0.at": "023-1234",
        },
    )
    assert open_blanks(ready) == ()
    assert ready.lists["entry"].caps[0].at_most.value == 12
    assert ready.lists["entry"].caps[0].at_most.unit == "item"
    due = ready.evaluations["review"].due
    assert isinstance(due, OnDate)
    assert (due.date, due.if_late) == ("2024-12-20", "refuse")
    assert ready.duties == pack.duties
    assert pack.lists["entry"].caps[0].at_most.value is None


@pytest.mark.parametrize("said", ["0", "21", "two", "", "1.5", "１２", "9" * 40])
def test_a_number_outside_its_bounds_or_no_number_is_refused(said: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        fill(tiny.sound(tmp_path, CAP), "lists.entry.caps.0.at-most", said)


def test_a_day_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchDay):
        fill(tiny.sound(tmp_path, DAY), "evaluations.review.due", "2024-02-30")


@pytest.mark.parametrize("name", ["", "lists", "lists.entry.caps.0", "lists.entry.caps.0.at-most", "no.such"])
def test_only_a_blank_or_an_assumed_value_can_be_set(name: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        fill(tiny.sound(tmp_path), name, "3")


def test_an_assumed_value_is_named_and_the_bureau_may_set_it(tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path)
    assumed = {one.name: (one.value, one.unit, one.clause) for one in assumptions(pack)}
    assert assumed["forms.look-back.minutes"] == ("20", "minute", "第五条")
    assert "plan.terms.2024春" in assumed
    again = fill(pack, "forms.look-back.minutes", "12")
    assert again.forms["look-back"].minutes.value == 12
    assert "forms.look-back.minutes" not in {one.name for one in assumptions(again)}


FORBIDDEN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "QF-PACK-BLANK": (CAP,),
    "QF-PACK-LOST": (("plan.yaml", 'damaged: ["第七条：文字缺失"]', "damaged: []"),),
    "QF-PACK-DWELLING": (("visits.yaml", "    by: office", "    by: office\n    place: dwelling"),),
    "QF-PACK-LAWFUL": (
        ("visits.yaml", "    by: office", "    by: office\n    place: institution\n    at-most-a-year: {value: \"2\"}"),
    ),
    "QF-PACK-YEARLY": (("visits.yaml", "    by: office", "    by: office\n    place: institution\n    lawful-body: 市监局"),),
    "QF-PACK-KEEPER": (("intakes.yaml", "keeper: office", "keeper: school"),),
}  # fmt: skip

BAD = {
    "QF-PACK-EXPOSURE": """\
        measures:
          shame:
            clause: "第六条"
            says: "曝光"
            target: department
            decides: council
            reply: {value: "5", unit: working-day}
            exposes: "true"
            safeguards: [decision, legal-review]
        """,
    "QF-PACK-PENALTY": """\
        measures:
          fine: {clause: "第六条", says: "罚款", target: teacher, decides: council, regime: 行政处罚, reply: {value: "5", unit: day}}
        """,
}
PROPOSAL = {
    "measures.yaml": 'measures:\n  talk: {clause: "第六条", says: "约谈", target: school}\n',
    "proposals.yaml": """\
        proposals:
          third:
            clause: "第六条"
            says: "三次"
            when: {count: measures.talk, per: school, at-least: "3", window: {value: "1", unit: month}}
            propose: measures.talk
        """,
}
WEAKEST = {
    "monitors.yaml": """\
        monitors:
          lowest: {clause: "第六条", says: "后20%学生", watches: "成绩", by: school, picks: weakest, stores: names}
        """
}


@pytest.mark.parametrize("code", FORBIDDEN)
def test_each_hurdle_of_a_change_has_its_own_code(code: str, tmp_path: Path) -> None:
    assert [hurdle.code for hurdle in hurdles(tiny.sound(tmp_path, *FORBIDDEN[code]))] == [code]


@pytest.mark.parametrize("code", BAD)
def test_each_hurdle_of_a_measure_has_its_own_code(code: str, tmp_path: Path) -> None:
    pack = tiny.sound(tmp_path, also={"measures.yaml": BAD[code]})
    assert [hurdle.code for hurdle in hurdles(pack)] == [code]


def test_exposure_with_all_three_safeguards_is_no_hurdle(tmp_path: Path) -> None:
    whole = BAD["QF-PACK-EXPOSURE"].replace("[decision,", "[decision, de-identification,")
    assert hurdles(tiny.sound(tmp_path, also={"measures.yaml": whole})) == ()


def test_a_proposal_without_decider_or_reply_is_a_hurdle(tmp_path: Path) -> None:
    found = hurdles(tiny.sound(tmp_path, also=PROPOSAL))
    assert [hurdle.code for hurdle in found] == ["QF-PACK-PROPOSAL"]
    assert len(found[0].facts["missing"]) == 2  # type: ignore[arg-type]  # a tuple of words


def test_the_weakest_by_name_are_a_hurdle_and_as_figures_none(tmp_path: Path) -> None:
    assert [hurdle.code for hurdle in hurdles(tiny.sound(tmp_path, also=WEAKEST))] == ["QF-PACK-WEAKEST"]
    figures = {name: text.replace("stores: names", "stores: figures") for name, text in WEAKEST.items()}
    assert hurdles(tiny.sound(tmp_path, also=figures)) == ()


def test_a_sound_pack_may_be_put_in_force_and_an_open_one_not(tmp_path: Path) -> None:
    refuse_unready(tiny.sound(tmp_path))
    with pytest.raises(NotReadyForForce) as caught:
        refuse_unready(tiny.sound(tmp_path, CAP, OPINIONS))
    assert caught.value.facts == {"count": 2, "hurdles": (OpenBlank.code,)}


def test_what_is_strained_is_flagged_and_still_imported(tmp_path: Path) -> None:
    also = {
        "scopes.yaml": 'scopes:\n  city-schools: {clause: "第五条", says: "市属", each: school, level: city}\n'
        '  families: {clause: "第五条", says: "家长", each: parent}\n',
        "links.yaml": 'links:\n  score: {clause: "第六条", says: "计入考核", feeds: "年度考核"}\n',
        "advisories.yaml": 'advisories:\n  - {about: lists.entry, kind: in-tension, source: "通知", says: "不超过10项"}\n',
    }
    pack = tiny.sound(
        tmp_path, ("duties.yaml", "    does: study", "    for-each: families\n    does: study"), also=also
    )
    assert [flag.about for flag in flags(pack)] == ["duties.study", "links.score", "lists.entry"]
    assert hurdles(pack) == ()
