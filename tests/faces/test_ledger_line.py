"""The page of one line of the ledger: evidence, of which a refused file takes no other with it, and the story."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import County
from tests.faces.plan_stage import OnDay, Seat, found, on, seat, sent, stage
from tests.records.problems.lines import in_state, photo, seen

__all__ = ["found", "on", "seat", "stage"]


def _again(file: SimpleUploadedFile) -> SimpleUploadedFile:
    file.seek(0)
    return file


def test_a_refused_file_is_named_and_the_others_stay_with_the_report(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-25")
    line = in_state(found, "planned")
    principal = seat("principal")
    good = SimpleUploadedFile("现场.png", photo(40), "image/png")
    bad = SimpleUploadedFile("程序.exe", b"MZ" + bytes(200), "application/octet-stream")
    worse = SimpleUploadedFile("说明.pdf", b"no such thing", "application/pdf")
    answer = principal.post(f"/problems/{line}", sent("report", text="已停止", evidence=[bad, good, worse]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "程序.exe" in page
    assert "说明.pdf" in page
    assert 'id="files"' in page
    kept = re.findall(r'name="kept" value="([\w-]{43})" checked', page)
    assert len(kept) == 1
    assert 'value="已停止"' in page
    one = principal.post(f"/problems/{line}", sent("report", text="已停止", kept=kept, evidence=[_again(bad)]))
    assert "QF-FILE-KIND" in one.content.decode()
    assert re.findall(r'name="kept" value="([\w-]{43})" checked', one.content.decode()) == kept
    assert principal.post(f"/problems/{line}", sent("report", text="已停止", kept=kept)).status_code == 302
    (report,) = seen(found, line).rectifications
    assert [file.name for file in report.files] == ["现场.png"]


def test_the_story_tells_when_measure_and_deadline_were_set(found: County, on: OnDay, seat: Seat) -> None:
    on("2024-07-27")
    line = in_state(found, "reported")
    story = seat("clerk").get(f"/problems/{line}").context["story"]
    assert [one.did for one in story] == ["发现问题", "已定整改措施和期限", "报告已整改"]
    assert [fact.says for fact in story[1].facts] == ["停止发放", "2024年7月30日"]
    clerk = seat("second-clerk")
    moved = sent("move", to="2024-08-09") | {"move-reason": "等待配件"}
    other = in_state(found, "planned")
    assert clerk.post(f"/problems/{other}", moved).status_code == 302
    told = clerk.get(f"/problems/{other}").context["story"]
    assert [fact.says for fact in told[1].facts] == ["停止发放", "2024年7月30日"], "the day that was set, not the moved"
