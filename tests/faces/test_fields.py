"""Forms of a pack on a page: read as typed, judged by the register, drawn again with everything that was typed."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from qingfu.base.errors import FieldFault, Invalid
from qingfu.packfile.answers import taken
from qingfu.packfile.read import load
from qingfu.packfile.words.asks import Form
from qingfu.web.fields import Answers, Kept, Offers, Option, School, read
from qingfu.web.sheet import Field, Sheet, draw

SCHOOLS = (
    School(1, "清溪小学", "清溪镇", "小学"),
    School(2, "清溪初中", "清溪镇", "初中"),
    School(3, "白鹤小学", "白鹤镇", "小学"),
)
OFFERS = Offers(
    criteria=(Option("law", "法律法规有明文规定的"),), schools=SCHOOLS, organs=(Option("7", "区公安局"),),
    conduct=(Option("commercial", "商业活动"),), files={"r" * 43: Kept("r" * 43, "通知.pdf", 10)},
)  # fmt: skip


def form(*items: dict[str, object]) -> Form:
    """A form with these items."""
    asked = [{"asks": "问", **item} for item in items]
    minutes = {"value": 5, "unit": "minute"}
    return Form.model_validate({"clause": "一", "says": "表", "minutes": minutes, "items": asked})


def sent(text: str) -> QueryDict:
    """A POST, written as a query string."""
    return QueryDict(text)


def answered(asked: Form, text: str, offers: Offers = OFFERS) -> dict[str, object]:
    return read(asked, sent(text), MultiValueDict(), offers).content


def test_every_kind_of_answer_arrives_as_the_register_takes_it() -> None:
    asked = form(
        {"id": "title"},
        {"id": "basis", "answer": "long-text", "evidence": True},
        {"id": "paid", "answer": "yes-no"},
        {"id": "mode", "answer": "choice", "options": {"a": "甲", "b": "乙"}},
        {"id": "days", "answer": "choices", "options": {"a": "甲", "b": "乙"}},
        {"id": "minutes", "answer": "number"},
        {"id": "starts", "answer": "date"},
        {"id": "criterion", "answer": "criterion"},
        {"id": "flags", "answer": "flags"},
        {"id": "schools", "answer": "schools"},
        {"id": "owner", "answer": "organ"},
        {"id": "papers", "answer": "files"},
        {"id": "problems", "answer": "rows", "items": [{"id": "what", "asks": "问"}]},
    )
    ref = "r" * 43
    content = answered(
        asked,
        f"q.title= 消防 &q.basis=条款&q.basis.files={ref}&q.paid=no&q.mode=a&q.days=a&q.days=b&q.minutes=1,200"
        f"&q.starts=2024/9/1&q.criterion=law&q.flags=commercial&q.schools=3&q.schools=1&q.owner=7&q.papers={ref}"
        "&q.problems.row=0&q.problems.0.what=多头检查",
    )
    pack = load("hechuan-2024")
    kept = taken(pack, asked, {**content, "criterion": next(iter(pack.criteria))}).content
    assert {key: kept[key] for key in kept if key != "criterion"} == {
        "title": "消防", "basis": "条款", "basis.files": [ref], "paid": "no", "mode": "a", "days": ["a", "b"],
        "minutes": 1200, "starts": "2024-09-01", "flags": ["commercial"], "schools": [1, 3], "owner": 7,
        "papers": [ref], "problems": [{"what": "多头检查"}],
    }  # fmt: skip


def test_what_was_not_answered_has_no_key() -> None:
    assert answered(form({"id": "a"}, {"id": "b", "answer": "schools"}), "q.a=++&q.b.all=") == {}


def test_an_item_asked_only_in_another_case_is_left_out_whatever_was_sent() -> None:
    only: dict[str, object] = {"id": "more", "only": {"item": "paid", "is": "yes"}}
    asked = form({"id": "paid", "answer": "yes-no"}, only)
    assert answered(asked, "q.paid=no&q.more=hidden") == {"paid": "no"}
    assert answered(asked, "q.paid=yes&q.more=seen") == {"paid": "yes", "more": "seen"}


def test_all_schools_of_a_town_or_a_stage_need_no_script() -> None:
    asked = form({"id": "schools", "answer": "schools"})
    assert answered(asked, "q.schools.all=town:清溪镇") == {"schools": [1, 2]}
    assert answered(asked, "q.schools.all=stage:小学&q.schools=2") == {"schools": [1, 2, 3]}
    assert answered(asked, "q.schools=all&q.schools=2") == {"schools": "all"}


def test_a_school_that_was_not_offered_cannot_be_slipped_in() -> None:
    assert answered(form({"id": "schools", "answer": "schools"}), "q.schools=99&q.schools=1") == {"schools": [1]}


COLUMNS = [{"id": "what", "asks": "什么"}, {"id": "n", "asks": "几", "answer": "number"}]
ROWS = form({"id": "p", "answer": "rows", "items": COLUMNS})
TWO = {"a": "甲", "b": "乙"}


def test_empty_rows_are_passed_over_and_one_can_be_taken_away() -> None:
    rows = "q.p.row=0&q.p.0.what=a&q.p.row=1&q.p.1.what=&q.p.row=5&q.p.5.what=b"
    assert answered(ROWS, rows) == {"p": [{"what": "a"}, {"what": "b"}]}
    assert answered(ROWS, rows + "&row-less=p.0") == {"p": [{"what": "b"}]}


def test_files_come_with_the_item_they_belong_to() -> None:
    files: MultiValueDict[str, UploadedFile] = MultiValueDict(
        {"q.basis.files": [SimpleUploadedFile("通知.pdf", b"%PDF-")], "other": [SimpleUploadedFile("x", b"")]}
    )
    found: Answers = read(form({"id": "basis", "evidence": True}), sent(""), files, OFFERS)
    assert [(upload.item, upload.file.name) for upload in found.uploads] == [("basis.files", "通知.pdf")]


def drawn(asked: Form, text: str = "", faults: tuple[FieldFault, ...] = (), **content: object) -> Sheet:
    with translation.override("zh-hans"):
        return draw(asked, content=content, sent=sent(text) if text else None, faults=faults, offers=OFFERS)


def field(sheet: Sheet, path: str) -> Field:
    """One field of a drawn form, also inside rows."""
    inside = [cell for f in sheet.fields for row in f.rows for cell in row.fields]
    return next(f for f in (*sheet.fields, *inside) if f.path == path)


def test_what_cannot_be_read_stands_in_its_field_again_with_its_fault() -> None:
    fault = FieldFault("minutes", "Write a whole number.")
    found = field(drawn(form({"id": "minutes", "answer": "number"}), "q.minutes=十分钟", (fault,)), "minutes")
    assert found.value == "十分钟"
    assert found.fault
    assert "q-minutes-fault" in found.described_by


def test_a_faulty_row_is_marked_where_it_stands_after_the_empty_ones_are_gone() -> None:
    text = "q.p.row=0&q.p.0.what=&q.p.row=1&q.p.1.what=a&q.p.1.n=三&q.p.row=2&q.p.2.what=b&q.p.2.n=4"
    with pytest.raises(Invalid) as refused:
        taken(load("hechuan-2024"), ROWS, answered(ROWS, text))
    sheet = drawn(ROWS, text, refused.value.faults)
    assert [f.field for f in refused.value.faults] == ["p.0.n"]
    assert field(sheet, "p.0.n").value == "三"
    assert field(sheet, "p.0.n").fault
    assert not field(sheet, "p.1.n").fault
    assert sheet.labels["p.0.n"] == "问 · 第 1 条 · 几"


def test_a_row_is_added_without_script() -> None:
    assert len(drawn(ROWS, "q.p.row=0&q.p.0.what=a&row-more=p").fields[0].rows) == 2
    assert len(drawn(ROWS, "q.p.row=0&q.p.0.what=a").fields[0].rows) == 1


def test_a_draft_fills_the_form_again() -> None:
    asked = form({"id": "mode", "answer": "choices", "options": TWO}, {"id": "schools", "answer": "schools"})
    sheet = drawn(asked, mode=["b"], schools=[3])
    assert [option.key for option in field(sheet, "mode").options if option.checked] == ["b"]
    assert [(town.name, town.chosen) for town in field(sheet, "schools").towns] == [("清溪镇", 0), ("白鹤镇", 1)]
    assert field(drawn(asked, schools="all"), "schools").every


def test_only_when_is_said_in_words_for_where_no_script_runs() -> None:
    paid: dict[str, object] = {"id": "paid", "answer": "yes-no", "asks": "是否收费"}
    asked = form(paid, {"id": "more", "only": {"item": "paid", "is": "yes"}})
    with translation.override("zh-hans"):
        page = render_to_string("fields/sheet.html", {"sheet": drawn(asked)})
    assert "仅在“是否收费”选“是”时填写" in page
    assert 'data-only="q.paid" data-is="yes"' in page


@pytest.mark.parametrize("pack", ["hechuan-2024", "hebi-2024"])
def test_every_form_of_the_packs_can_be_drawn_and_every_control_has_a_label(pack: str) -> None:
    for asked in load(pack).forms.values():
        with translation.override("zh-hans"):
            page = render_to_string("fields/sheet.html", {"sheet": draw(asked, offers=OFFERS)})
        labelled = set(_attributes(page, "for"))
        controls = {one for one in _attributes(page, "id") if f'id="{one}" name="q.' in page}
        assert controls <= labelled, asked.says


def _attributes(page: str, name: str) -> list[str]:
    return [part.split('"', 1)[0] for part in page.split(f' {name}="')[1:]]
