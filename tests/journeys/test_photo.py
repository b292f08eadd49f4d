"""A photograph of the door: taken with a telephone, read, put right where it was unclear, confirmed and filed."""

from __future__ import annotations

from playwright.sync_api import FilePayload, expect

from qingfu.papers.photos.reading import is_installed
from qingfu.records.monitoring import actions
from tests.cast import moment
from tests.conftest import need
from tests.journeys.conftest import Visit
from tests.journeys.test_school_data import Bureau, bureau, sign_in
from tests.journeys.visitor import PHONE, Visitor
from tests.unit.papers.photos.paper import DOOR, photographed, sheet

__all__ = ["bureau"]


def _door(row: int, column: int, text: str) -> FilePayload:
    rows = [list(line) for line in DOOR]
    rows[row][column] = text
    return {
        "name": "门口.jpg",
        "mimeType": "image/jpeg",
        "buffer": photographed(sheet(rows, title="三年级1班课程表"), tilt=2),
    }


def _sent(phone: Visitor, photo: FilePayload) -> None:
    phone.page.locator("#photo").set_input_files(photo)
    phone.act("read")
    expect(phone.page.locator("h1")).to_contain_text("照片上写了什么")


def test_a_timetable_is_photographed_compared_and_filed_only_when_confirmed(bureau: Bureau, visit: Visit) -> None:
    need("ocr", present=is_installed())
    actions.file_classes(
        bureau.county["principal"], organ=bureau.school, year=2024,
        rows=[{"name": "三年级1班", "grade": "P3"}], at=moment("2024-09-09"),
    )  # fmt: skip
    phone = sign_in(visit(bureau.site, viewport=PHONE, has_touch=True, is_mobile=True), "principal")
    phone.open(f"/school-data/{bureau.school}/photo")
    phone.look_closely()
    _sent(phone, _door(2, 2, "综"))
    phone.draw("photo-questions-360")
    phone.page.locator(".doubt input[type=radio]").first.check()
    phone.act("answer")
    phone.act("file")
    expect(phone.page.locator("h1")).to_be_visible()
    phone.open(f"/school-data/{bureau.school}/photo")
    _sent(phone, _door(5, 1, "体"))
    expect(phone.page.locator(".differences")).to_contain_text("星期一第5节")
    phone.draw("photo-differs-360")
    phone.act("same")
    phone.told("没有改动")
