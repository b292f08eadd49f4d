"""A broken pack says where, under which clause, and what to write instead."""

# ruff: noqa: E501  # a line of YAML stays one line, so that it can be read as a clerk writes it

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from qingfu.base.errors import BrokenPack, NoSuchPack
from qingfu.packfile.read import load, read
from tests.unit.packfile import tiny


class Broken(NamedTuple):
    """One break: the change, and what must be said of it. ``mark`` finds the line after the change."""

    file: str
    old: str
    new: str
    code: str
    key: str
    mark: str
    clause: str | None
    suggestion: str | None


BROKEN = {
    "a misspelt key": Broken(
        "duties.yaml", "hand-in: forms.look-back", "hand-inn: forms.look-back", "QF-PACK-UNKNOWN",
        "duties.look-back.hand-inn", "hand-inn", "第五条", "hand-in",
    ),
    "a python key": Broken(
        "duties.yaml", "hand-in: forms", "hand_in: forms", "QF-PACK-UNKNOWN", "duties.look-back.hand_in", "hand_in",
        "第五条", "hand-in",
    ),
    "a missing key": Broken(
        "forms.yaml", '    says: "申请表"\n', "", "QF-PACK-MISSING", "forms.application.says", "  application:",
        "第三条", "says: …",
    ),
    "a key twice": Broken(
        "duties.yaml", "    to: office\n", "    to: office\n    to: council\n", "QF-PACK-DUPLICATE",
        "duties.look-back.to", "to: council", "第五条", None,
    ),
    "a null": Broken(
        "duties.yaml", "    to: office\n", "    to:\n", "QF-PACK-NULL", "duties.look-back.to", "    to:", "第五条", None
    ),
    "prose cut by a comma": Broken(
        "parties.yaml", 'says: "部门"', "says: 部门, 和镇街", "QF-PACK-NULL", "parties.department.和镇街", "和镇街", "第三条",
        None,
    ),
    "a number that is none": Broken(
        "lists.yaml", 'at-most: {value: "2", unit: item}', 'at-most: {value: "two", unit: item}', "QF-PACK-VALUE",
        "lists.entry.caps.0.at-most.value", '"two"', "第四条", None,
    ),
    "a word outside the list": Broken(
        "duties.yaml", "does: hold", "does: holds", "QF-PACK-VALUE", "duties.meeting.does", "does: holds", "第五条",
        "hold",
    ),
    "a shape of date nobody knows": Broken(
        "evaluations.yaml", 'due: {date: "2024-12-20"}', 'due: {dat: "2024-12-20"}', "QF-PACK-VALUE",
        "evaluations.review.due", "dat:", "第四条", "date",
    ),
    "an id with a capital": Broken(
        "scopes.yaml", "city-schools:", "City-schools:", "QF-PACK-VALUE", "scopes.City-schools", "City-schools",
        "第五条", "city-schools",
    ),
    "value and blank at once": Broken(
        "problems-policy.yaml", 'revisit-after: {value: "30", unit: day}',
        'revisit-after: {value: "30", blank: "间隔", unit: day}', "QF-PACK-SHAPE", "problems-policy.revisit-after",
        "revisit-after", "第五条", None,
    ),
    "a duty that does and hands in": Broken(
        "duties.yaml", "    does: hold", "    hand-in: forms.review\n    does: hold", "QF-PACK-SHAPE",
        "duties.meeting", "  meeting:", "第五条", None,
    ),
    "a day that does not exist": Broken(
        "duties.yaml", 'due: {date: "2024-04-30"}', 'due: {date: "2024-04-31"}', "QF-PACK-DAY",
        "duties.look-back.due.date", "2024-04-31", "第五条", "2024-04-30",
    ),
    "a month that does not exist": Broken(
        "phases.yaml", "2024-04", "2024-13", "QF-PACK-DAY", "phases.start.until.value", "2024-13", "第五条", None
    ),
    "a month outside its quarter": Broken(
        "duties.yaml", 'month: "3"', 'month: "4"', "QF-PACK-VALUE", "duties.meeting.due.month", 'month: "4"', "第五条",
        None,
    ),
    "an event nobody knows": Broken(
        "routes.yaml", "before: affair.starts", "before: affair.begins", "QF-PACK-VALUE", "routes.urgent.due.before",
        "affair.begins", "第三条", None,
    ),
    "a period that ends first": Broken(
        "plan.yaml", 'until: {value: "2024-12-31"}', 'until: {value: "2023-12-31"}', "QF-PACK-PERIOD",
        "plan.period.until", "2023-12-31", None, None,
    ),
    "a party nobody knows": Broken(
        "duties.yaml", "    to: office", "    to: offise", "QF-PACK-REFERENCE", "duties.look-back.to", "offise",
        "第五条", "office",
    ),
    "a form without its kind": Broken(
        "duties.yaml", "hand-in: forms.look-back", "hand-in: look-back", "QF-PACK-REFERENCE",
        "duties.look-back.hand-in", "hand-in: look-back", "第五条", "forms.look-back",
    ),
    "a step nobody knows": Broken(
        "conduct.yaml", "routes.yearly.decide", "routes.yearly.decides", "QF-PACK-REFERENCE",
        "conduct.selling.asked-at.0", "decides", "第三条", "routes.yearly.decide",
    ),
    "a scope nobody knows": Broken(
        "duties.yaml", "city-schools:", "town-schools:", "QF-PACK-REFERENCE",
        "duties.look-back.due-for.town-schools", "town-schools", "第五条", "city-schools",
    ),
    "a clause nobody knows": Broken(
        "criteria.yaml", 'by-law: {clause: "第三条"', 'by-law: {clause: "第三十条"', "QF-PACK-CLAUSE",
        "criteria.by-law.clause", "第三十条", "第三十条", "第三条",
    ),
    "a sentence outside the skeleton": Broken(
        "clauses.yaml", 'id: "第六条", says: "检查", sentences: ["1"]', 'id: "第六条", says: "检查", sentences: ["2"]',
        "QF-PACK-SENTENCE", "clauses.5.sentences.0", "第六条", "第六条", None,
    ),
    "a clause outside the skeleton": Broken(
        "clauses.yaml", '{id: "第六条", ', '{id: "第六条", of: "第六章", ', "QF-PACK-REFERENCE", "clauses.5.of", "第六章",
        "第六条", "第六条",
    ),
    "something under a clause that runs nothing": Broken(
        "visits.yaml", 'clause: "第六条"', 'clause: ["第六条", "第一条"]', "QF-PACK-SHAPE", "clauses.0.runs-nothing",
        "第一条", "第一条", None,
    ),
    "a clause twice": Broken(
        "clauses.yaml", 'id: "第六条"', 'id: "第五条"', "QF-PACK-DUPLICATE", "clauses.5.id", "检查", "第五条", None
    ),
    "a circle of seats": Broken(
        "parties.yaml", "kind: leading-group, ", "kind: leading-group, seated-in: office, ", "QF-PACK-CIRCLE",
        "parties.council.seated-in", "council:", "第二条", None,
    ),
    "a seat in many": Broken(
        "parties.yaml", "seated-in: council", "seated-in: school", "QF-PACK-SEAT", "parties.office.seated-in",
        "seated-in: school", "第二条", None,
    ),
    "a plan issued by many": Broken(
        "plan.yaml", "party: council", "party: department", "QF-PACK-SEAT", "plan.issuer.party", "department", None, None
    ),
    "a route that is like itself": Broken(
        "routes.yaml", "like: routes.yearly", "like: routes.urgent", "QF-PACK-CIRCLE", "routes.urgent.like",
        "like: routes.urgent", "第三条", None,
    ),
    "a step that cannot lead on": Broken(
        "routes.yaml", "verbs: [approve, return, refuse], need: {agree: {value: \"2\"}}", "verbs: [return, refuse]",
        "QF-PACK-ROUTE", "routes.yearly.steps.2.verbs", "[return, refuse]", "第三条", None,
    ),
    "more agreeing than there are members": Broken(
        "routes.yaml", "by: council, verbs: [approve, return, refuse], need: {agree: {value: \"2\"}}",
        "by: office, verbs: [approve, return, refuse], need: {agree: {value: \"3\"}}", "QF-PACK-ROUTE",
        "routes.yearly.steps.2.need.agree", "by: office, verbs: [approve", "第三条", None,
    ),
    "opinions that nobody may give": Broken(
        "routes.yaml", "verbs: [opine]\n        form: forms.opinion\n        sealed: \"true\"", "verbs: [pass]",
        "QF-PACK-ROUTE", "routes.yearly.steps.1.need.opinions", "need: {opinions", "第三条", None,
    ),
    "an applicant who decides": Broken(
        "routes.yaml", "by: council, verbs: [approve", "by: applicant, verbs: [approve", "QF-PACK-SHAPE",
        "routes.yearly.steps.2.by", "by: applicant", "第三条", None,
    ),
    "a form that lacks a meaning": Broken(
        "forms.yaml", "answer: date, means: starts", "answer: date, means: ends", "QF-PACK-MEANING",
        "routes.yearly.steps.0.form", "routes:", "第三条", '{id: starts, asks: "…", means: starts}',
    ),
    "problem rows without a problem": Broken(
        "forms.yaml", "asks: \"问题\", means: problem}", "asks: \"问题\", means: note}", "QF-PACK-MEANING",
        "duties.look-back.hand-in", "duties:", "第五条", '{id: problem, asks: "…", means: problem}',
    ),
    "an item twice": Broken(
        "forms.yaml", "id: theme", "id: title", "QF-PACK-DUPLICATE", "forms.application.items.1.id", "主题", "第三条",
        None,
    ),
    "a condition on a later item": Broken(
        "forms.yaml", "only: {item: charges", "only: {item: charge", "QF-PACK-REFERENCE",
        "forms.application.items.5.only.item", "item: charge,", "第三条", "charges",
    ),
    "a condition on an answer that cannot be": Broken(
        "forms.yaml", 'item: charges, is: "yes"', 'item: charges, is: "maybe"', "QF-PACK-VALUE",
        "forms.application.items.5.only.is", "maybe", "第三条", None,
    ),
    "a cap of nothing": Broken(
        "lists.yaml", 'value: "2", unit: item', 'value: "0", unit: item', "QF-PACK-SHAPE",
        "lists.entry.caps.0.at-most", 'value: "0"', "第四条", None,
    ),
    "the same capped twice": Broken(
        "lists.yaml", "counts: activities, window: semester, scope: school",
        "counts: items, window: calendar-year, scope: bureau", "QF-PACK-SHAPE", "lists.entry.caps.1", "value: \"8\"",
        "第四条", None,
    ),
    "a list entered by a route that enters none": Broken(
        "routes.yaml", "into: lists.entry, ", "", "QF-PACK-SHAPE", "lists.entry.entered-by.0", "lists:", "第四条", None
    ),
    "a list that forgets its route": Broken(
        "lists.yaml", "[routes.yearly, routes.urgent]", "[routes.urgent]", "QF-PACK-SHAPE",
        "routes.yearly.steps.3.into", "routes:", "第三条", "entered-by: [routes.yearly]",
    ),
    "a verdict without its exit": Broken(
        "evaluations.yaml", "exit: clear", "exit: cleared", "QF-PACK-REFERENCE",
        "evaluations.review.verdicts.1.exit", "cleared", "第四条", "clear",
    ),
    "an exit twice": Broken(
        "lists.yaml", "{id: clear,", "{id: pause,", "QF-PACK-DUPLICATE", "lists.entry.leaves-by.1.id", "清理", "第四条",
        None,
    ),
    "something handed in to nobody": Broken(
        "duties.yaml", "    to: office\n", "", "QF-PACK-SHAPE", "duties.look-back", "  look-back:", "第五条", "to: …"
    ),
    "opened problems without a form": Broken(
        "duties.yaml", "    proof: tick", "    proof: tick\n    opens: problems  # here", "QF-PACK-SHAPE",
        "duties.meeting.opens", "# here", "第五条", None,
    ),
    "a later notice about nothing": Broken(
        "clauses.yaml", "clauses:", "clauses:", "QF-PACK-REFERENCE", "advisories.0.about", "advisories:", None,
        "lists.entry",
    ),
}  # fmt: skip

ALSO = {
    "a later notice about nothing": {
        "advisories.yaml": """\
            advisories:
              - {about: lists.entri, kind: in-tension, source: "通知", says: "有出入"}
            """
    }
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_says_file_line_key_clause_and_suggestion(name: str, tmp_path: Path) -> None:
    broken = BROKEN[name]
    root = tiny.write(tmp_path, (broken.file, broken.old, broken.new), also=ALSO.get(name))
    faults = {fault.key: fault for fault in read(root).faults}
    fault = faults[broken.key]
    assert fault.code == broken.code
    assert fault.clause == broken.clause
    assert fault.suggestion == broken.suggestion
    assert fault.line > 0
    said = (root / fault.file).read_text(encoding="utf-8").splitlines()[fault.line - 1]
    if fault.file == broken.file and broken.mark.strip() not in ("routes:", "duties:", "lists:", "advisories:"):
        assert fault.line == tiny.line_of(root, broken.file, broken.mark.rstrip("\n")), said
    assert f"{fault.file}:{fault.line}" in fault.text()


def test_the_sound_pack_has_no_fault_and_no_note(tmp_path: Path) -> None:
    found = tiny.reading(tmp_path)
    assert (found.faults, found.notes) == ((), ())


def test_a_duty_due_outside_its_phase_is_noted_and_its_own_date_counts(tmp_path: Path) -> None:
    found = tiny.reading(tmp_path, ("duties.yaml", 'due: {date: "2024-04-30"}', 'due: {date: "2024-05-08"}'))
    assert found.faults == ()
    assert [(note.key, note.clause) for note in found.notes] == [("duties.look-back.due", "第五条")]


def test_problems_without_a_policy_are_refused(tmp_path: Path) -> None:
    root = tiny.write(tmp_path)
    (root / "problems-policy.yaml").unlink()
    assert [(fault.code, fault.key) for fault in read(root).faults] == [("QF-PACK-SHAPE", "problem-kinds")]


def test_all_faults_come_at_once_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    root = tiny.write(
        tmp_path, ("routes.yaml", "by: council", "by: counsil"), ("duties.yaml", "to: office", "to: offise")
    )
    with pytest.raises(BrokenPack) as caught:
        load(root)
    assert [(error.file, error.suggestion) for error in caught.value.errors] == [
        ("duties.yaml", "office"), ("routes.yaml", "council"),
    ]  # fmt: skip


def test_an_unknown_name_lists_the_packs_there_are() -> None:
    with pytest.raises(NoSuchPack) as caught:
        load("no-such-pack")
    assert "known" in caught.value.facts


def test_a_file_that_is_no_part_of_a_pack_is_named(tmp_path: Path) -> None:
    found = tiny.reading(tmp_path, also={"duty.yaml": "duty: {}\n", "demo/anything.yaml": "a: [\n"})
    assert [(fault.code, fault.file, fault.suggestion) for fault in found.faults] == [
        ("QF-PACK-FILE", "duty.yaml", "duties.yaml")
    ]


def test_a_kind_may_be_spread_over_a_folder_and_an_id_stands_once(tmp_path: Path) -> None:
    more = 'duties:\n  study: {clause: "第二条", says: "再学", who: school, does: study, proof: none, due: {date: "2024-03-30"}}\n'
    found = tiny.reading(tmp_path, also={"duties/more.yaml": more})
    assert [(fault.code, fault.key) for fault in found.faults] == [("QF-PACK-DUPLICATE", "duties.study")]
    again = tiny.reading(tmp_path, also={"duties/more.yaml": more.replace("study:", "read:")})
    assert again.pack is not None
    assert list(again.pack.duties) == ["look-back", "meeting", "study", "read"]


def test_a_file_with_another_top_key_is_refused(tmp_path: Path) -> None:
    found = tiny.reading(tmp_path, ("scopes.yaml", "scopes:", "scope:"))
    assert ("QF-PACK-MISSING", "scopes") in [(fault.code, fault.key) for fault in found.faults]


def test_a_file_that_cannot_be_read_is_reported_alone(tmp_path: Path) -> None:
    found = tiny.reading(
        tmp_path, ("routes.yaml", "routes:", "routes: 名单: x"), ("clauses.yaml", "clauses:", "clauses: [")
    )
    assert [(fault.code, fault.file) for fault in found.faults] == [
        ("QF-PACK-YAML", "clauses.yaml"), ("QF-PACK-YAML", "routes.yaml"),
    ]  # fmt: skip
