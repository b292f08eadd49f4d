"""Draws at the desk: a list is frozen after it was looked at, drawn once, called through; and who may not."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from qingfu.base import verify_draw
from qingfu.base.chance import new_id
from qingfu.records.draws import queries
from qingfu.records.draws.queries import DrawView
from tests.cast import county
from tests.faces.desk_of import Office, Seen, office, queries_of
from tests.records.problems.lines import in_state

__all__ = ["office"]

NEW = "/draws/new"
SCHOOLS = ("青草坝小学", "白鹤小学", "清溪小学", "石桥小学")
GRADES = ("三年级", "四年级")


def parents(each: int = 10) -> list[list[str]]:
    """A roster of so many parents in each grade of each school, with its headings."""
    rows = [["学校", "年级", "家长姓名", "联系电话"]]
    for s, school in enumerate(SCHOOLS):
        for g, grade in enumerate(GRADES):
            rows += [[school, grade, f"家长{s}{g}{n:02d}", f"139{s}{g}00{n:04d}"] for n in range(each)]
    return rows


def as_csv(rows: list[list[str]]) -> SimpleUploadedFile:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return SimpleUploadedFile("家长名单.csv", out.getvalue().encode("utf-8-sig"))


PARENTS: dict[str, Any] = {
    "title": "家长电话回访", "pool": "roster", "how": "share", "percent": "3", "by": ["school", "grade"],
    "circle": "alone",
}  # fmt: skip


def preview(office: Office, *, who: str = "clerk", rows: list[list[str]] | None = None, **said: Any) -> Seen:
    sent = {**PARENTS, "roster": as_csv(parents() if rows is None else rows), **said}
    return office.presses(who, NEW, "preview", **sent)


def hidden(shown: Seen) -> dict[str, Any]:
    """Everything the form of a preview carries on."""
    found: dict[str, Any] = {}
    form = shown.text.split("<main", 1)[1]
    for name, written in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form):
        value = unescape(written)
        if name == "by":
            found.setdefault(name, []).append(value)
        elif name not in ("csrfmiddlewaretoken", "client-id"):
            found[name] = value
    return found


def frozen(office: Office, **said: Any) -> int:
    shown = preview(office, **said)
    answer = office.presses("clerk", NEW, "freeze", **hidden(shown))
    assert answer.status == 302, answer.words
    return int(answer.where.rsplit("/", 1)[-1])


def drawn(office: Office, **said: Any) -> int:
    draw = frozen(office, **said)
    assert office.presses("clerk", f"/draws/{draw}", "run").status == 302
    return draw


def view(office: Office, draw: int) -> DrawView:
    return queries.draw(office.county["clerk"], draw)


def test_an_empty_list_of_draws_says_what_to_do(office: Office) -> None:
    shown = office.sees("clerk", "/draws")
    assert shown.status == 200
    assert NEW in shown.text


def test_a_roster_is_previewed_by_part_before_it_is_frozen(office: Office) -> None:
    shown = preview(office)
    assert shown.status == 200
    assert shown.text.count("家长00") >= 10
    assert "13900000000" not in shown.text
    assert queries.draws(office.county["clerk"]).total == 0
    draw = view(office, frozen(office))
    assert (len(draw.notice.pool), draw.kind, draw.sealed_names) == (80, "share", True)
    posted = json.dumps(draw.notice.document(), ensure_ascii=False, default=str)
    assert "家长" not in posted.replace("家长电话回访", "")
    assert "139" not in re.sub(r"[0-9a-f]{64}", "", posted)


@pytest.mark.proves("P16")
def test_closed_problems_are_drawn_to_be_looked_at_again(office: Office) -> None:
    closed = [in_state(office.county, "struck-off") for _ in range(4)]
    in_state(office.county, "planned")
    said: dict[str, Any] = {
        "title": "回头看抽查",
        "pool": "problems",
        "how": "take",
        "take": "2",
        "circle": "alone",
        "by": [],
    }
    shown = preview(office, **said)
    assert shown.status == 200, shown.words
    draw = drawn(office, **said)
    held = view(office, draw)
    assert (len(held.notice.pool), len(held.result["chosen"])) == (len(closed), 2)
    assert "校门口" not in json.dumps(held.notice.document()["pool"], ensure_ascii=False)
    assert "校门口发放广告" in office.sees("clerk", f"/draws/{draw}/calls").text


def test_a_double_click_freezes_once(office: Office) -> None:
    said, key = hidden(preview(office)), str(new_id())
    first = office.presses("clerk", NEW, "freeze", key=key, **said)
    second = office.presses("clerk", NEW, "freeze", key=key, **said)
    assert (first.status, first.where) == (302, second.where)
    assert queries.draws(office.county["clerk"]).total == 1


def test_nobody_is_left_out_without_a_reason(office: Office) -> None:
    said = hidden(preview(office))
    refused = office.presses("clerk", NEW, "exclude", **said, place=["1", "2"], reason=" ")
    assert refused.status == 422
    assert 'id="reason-fault"' in refused.text
    shown = office.presses("clerk", NEW, "exclude", **said, place=["1", "2"], reason="本人是任课教师")
    assert 'id="back-1"' in shown.text
    assert 'id="back-2"' in shown.text
    assert 'id="place-1"' not in shown.text
    again = office.presses("clerk", NEW, "include", **hidden(shown), **{"back-in": "2"})
    made = office.presses("clerk", NEW, "freeze", **hidden(again))
    draw = view(office, int(made.where.rsplit("/", 1)[-1]))
    assert [(one.ticket, one.reason) for one in draw.notice.excluded] == [("001", "本人是任课教师")]


def test_a_list_that_changed_since_it_was_shown_is_not_frozen(office: Office) -> None:
    said = hidden(preview(office))
    other = hidden(preview(office, rows=parents(9)))
    refused = office.presses("clerk", NEW, "freeze", **{**said, "carried": other["carried"]})
    assert refused.status == 422
    assert queries.draws(office.county["clerk"]).total == 0


def test_a_bad_roster_is_told_by_its_cells(office: Office) -> None:
    rows = parents(2)
    rows[1][3], rows[2][2], rows[3][0] = "138-not-a-number", "", "=A1"
    rows.append(rows[5])
    shown = preview(office, rows=rows)
    for cell in ("D2", "C3", "A4", "C18"):
        assert cell in shown.text, cell
    assert queries.draws(office.county["clerk"]).total == 0


HOSTILE = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"0" * 40,
    "a broken workbook": b"PK\x03\x04" + b"\0" * 60,
    "noise": bytes(range(256)) * 40,
    "a page": b"<html><script>alert(1)</script></html>",
    "no headings": "甲,乙\n一,二\n".encode(),
    "a name only once": "姓名,姓名\n周,吴\n".encode(),
    "too many rows": ("姓名\n" + "\n".join(f"周{n}" for n in range(100_020))).encode(),
    "a long name": ("姓名\n" + "周" * 3000).encode(),
    "signs nobody sees": "姓名\n周\u202e吴\n".encode(),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_roster_is_refused_in_words(office: Office, data: bytes) -> None:
    shown = office.presses(
        "clerk", NEW, "preview", **{**PARENTS, "how": "take", "take": "1"}, roster=SimpleUploadedFile("a.xlsx", data)
    )
    assert shown.status in (200, 422)
    assert 'name="verb" value="freeze"' not in shown.text
    assert "<script>alert" not in shown.text


def test_a_roster_that_was_tampered_with_on_the_way_is_refused(office: Office) -> None:
    said = hidden(preview(office))
    for carried in ("%%%", "eJw=", said["carried"][:-8]):
        assert office.presses("clerk", NEW, "freeze", **{**said, "carried": carried}).status == 422
    for excluded in ("[]", "{", '{"a": 1}', '{"999": "x"}'):
        assert office.presses("clerk", NEW, "freeze", **{**said, "excluded": excluded}).status == 422


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": ""}, "title"), ({"pool": "animals"}, "pool"), ({"how": ""}, "how"), ({"percent": "0"}, "percent"),
        ({"percent": "١"}, "percent"), ({"by": []}, "by"), ({"how": "take", "take": "5000"}, "take"),
        ({"source": "双色球", "expected": "2020-01-01"}, "expected"),
        ({"source": "双色球", "expected": "no"}, "expected"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_leads_to_its_field(office: Office, said: dict[str, Any], field: str) -> None:
    shown = preview(office, **said)
    assert shown.status == 422
    assert f'href="#{field}"' in shown.text
    assert f'id="{field}"' in shown.text


def test_schools_stand_in_the_notice_by_name_and_persons_do_not(office: Office) -> None:
    schools = preview(office, pool="schools", how="take", take="1", title="抽查学校")
    made = office.presses("clerk", NEW, "freeze", **hidden(schools))
    draw = view(office, int(made.where.rsplit("/", 1)[-1]))
    assert {one.name for one in draw.notice.pool} == {"清溪镇中心小学", "白鹤初级中学"}
    experts = preview(office, pool="experts", how="take", take="2", title="抽取专家")
    made = office.presses("clerk", NEW, "freeze", **hidden(experts))
    draw = view(office, int(made.where.rsplit("/", 1)[-1]))
    assert all(one.name is None and one.holder for one in draw.notice.pool)
    assert len(draw.notice.pool) == 4


def test_a_school_draws_from_its_own_people_and_rosters_only(office: Office) -> None:
    assert preview(office, who="principal", pool="schools", how="take", take="1").status == 422
    shown = preview(office, who="principal", pool="staff", how="take", take="1")
    assert "办公室主任" in shown.text
    assert "科长" not in shown.text


def test_the_story_of_a_draw_that_was_run_alone(office: Office) -> None:
    draw = frozen(office)
    notice = office.sees("clerk", f"/draws/{draw}/notice")
    assert "<svg" in notice.text
    assert f"/d/{view(office, draw).door}" in notice.text
    assert view(office, draw).notice_digest in notice.text
    key = str(new_id())
    first = office.presses("clerk", f"/draws/{draw}", "run", key=key)
    second = office.presses("clerk", f"/draws/{draw}", "run", key=key)
    assert (first.status, second.status) == (302, 302)
    assert office.presses("clerk", f"/draws/{draw}", "run").status == 409
    record = office.sees("clerk", f"/draws/{draw}/files/record")
    anchor = office.sees("clerk", f"/draws/{draw}/files/anchor")
    assert record.headers["Content-Disposition"].startswith("attachment")
    assert verify_draw.verify(record.data, anchor.data).verdict == "replayable"
    certificate = office.sees("clerk", f"/draws/{draw}/certificate")
    assert "told-late" in certificate.text
    for page in ("", "/result", "/slips", "/calls", "/notice"):
        assert office.sees("clerk", f"/draws/{draw}{page}").status == 200
    assert office.sees("clerk", f"/draws/{draw}/files/secret").status == 404


def test_a_draw_with_witnesses_waits_for_them_step_by_step(office: Office) -> None:
    from tests.records.draws.lots import Phone

    draw = frozen(office, circle="witnesses", title="有见证人的抽取")
    phones = [Phone(office.county, view(office, draw).door, name) for name in ("李家长", "王家长")]
    for phone in phones:
        phone.join()
    at = f"/draws/{draw}"
    assert "李家长" in office.sees("clerk", at).text
    assert office.presses("clerk", at, "close-circle", threshold="9").status == 409
    assert office.presses("clerk", at, "close-circle", threshold="x").status == 422
    assert office.presses("clerk", at, "close-circle", threshold="2").status == 302
    for phone in phones:
        phone.deal()
    assert office.presses("clerk", at, "seal").status == 302
    assert office.presses("clerk", at, "run").status == 409
    phones[0].open_for(phones[1])
    phones[0].reveal()
    assert office.presses("clerk", at, "open-missing").status == 302
    assert office.presses("clerk", at, "run").status == 302
    assert "told-done" in office.sees("clerk", f"{at}/certificate").text


def test_a_public_number_is_entered_before_it_is_drawn(office: Office) -> None:
    draw = frozen(office, source="双色球", issue="第2024090期", expected="2024-08-06")
    at = f"/draws/{draw}"
    assert "disabled" in office.sees("clerk", at).text
    assert office.presses("clerk", at, "tell-number", values="a b").status == 422
    assert office.presses("clerk", at, "tell-number", values="").status == 422
    assert office.presses("clerk", at, "tell-number", values="3 8 12 19").status == 302
    assert office.presses("clerk", at, "run").status == 302
    assert "told-done" in office.sees("clerk", f"{at}/certificate").text


def test_a_draw_that_became_void_leads_to_the_list_in_its_place(office: Office) -> None:
    draw = frozen(office)
    assert office.presses("clerk", f"/draws/{draw}", "void", reason=" ").status == 422
    assert office.presses("clerk", f"/draws/{draw}", "void", reason="名单有误").status == 302
    assert f"/draws/new?replaces={draw}" in office.sees("clerk", f"/draws/{draw}").text
    begun = office.sees("clerk", NEW, replaces=str(draw))
    assert f'name="replaces" value="{draw}"' in begun.text
    made = view(office, frozen(office, replaces=str(draw)))
    assert made.notice.replaces is not None
    assert made.notice.replaces.reason == "名单有误"


def test_a_rehearsal_is_marked_everywhere_and_published_nowhere(office: Office) -> None:
    draw = drawn(office, rehearsal="yes")
    for page in ("", "/notice", "/certificate", "/slips", "/result", "/calls"):
        assert "rehearsal" in office.sees("clerk", f"/draws/{draw}{page}").text, page
    assert "rehearsal" in office.sees("clerk", "/draws").text
    assert office.presses("clerk", f"/draws/{draw}", "publish").status == 409


def _turn(shown: Seen) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', shown.text)
    assert found
    return found[1]


def test_whoever_is_lost_is_followed_by_the_next_ticket_who_says_whom_it_follows(office: Office) -> None:
    draw = drawn(office)
    at = f"/draws/{draw}/calls"
    ticket = _turn(office.sees("clerk", at))
    assert office.presses("clerk", at, "call", ticket=ticket, done="refused").status == 422
    key = str(new_id())
    for _again in range(2):
        assert office.presses("clerk", at, "call", key=key, ticket=ticket, done="refused|不愿接受").status == 302
    found = queries.call_list(office.county["clerk"], draw)
    heirs = [one for one in found.lines if one.follows == ticket]
    assert len(heirs) == 1
    shown = office.sees("clerk", at)
    assert f'id="t-{heirs[0].ticket.ticket}"' in shown.text
    assert "不愿接受" in shown.text
    assert office.presses("clerk", at, "call", ticket=ticket, done="reached").status == 409
    assert office.presses("clerk", at, "call", ticket="999", done="reached").status == 404
    assert office.presses("clerk", at, "call", ticket=heirs[0].ticket.ticket, done="vanished").status == 422


def test_whoever_was_reached_and_does_not_come_is_followed(office: Office) -> None:
    draw = drawn(office)
    at = f"/draws/{draw}/calls"
    ticket = _turn(office.sees("clerk", at))
    assert office.presses("clerk", at, "call", ticket=ticket, done="reached").status == 302
    assert 'name="after-all" value="yes"' in office.sees("clerk", at).text
    assert office.presses("clerk", at, "call", ticket=ticket, done="absent|出差").status == 409
    sent = {"ticket": ticket, "after-all": "yes"}
    assert office.presses("clerk", at, "call", done="", **sent).status == 422
    assert office.presses("clerk", at, "call", done="absent|出差", **sent).status == 302
    found = queries.call_list(office.county["clerk"], draw)
    assert [one.standing for one in found.lines if one.ticket.ticket == ticket] == ["absent"]
    assert [one.follows for one in found.lines].count(ticket) == 1


def test_the_enter_key_in_the_field_of_a_reason_says_nothing_of_the_call(office: Office) -> None:
    """A form is sent by its first button: that one must not be “reached”."""
    draw = drawn(office)
    at = f"/draws/{draw}/calls"
    shown = office.sees("clerk", at)
    form = re.search(r'<form method="post" novalidate class="call-form">.*?</form>', shown.text, re.DOTALL)
    assert form
    (first, *_) = re.findall(r'<button[^>]*name="done" value="([^"]*)"', form[0])
    ticket = _turn(shown)
    assert office.presses("clerk", at, "call", ticket=ticket, done=first, reason="下周再打").status == 422
    assert _turn(office.sees("clerk", at)) == ticket


def test_a_number_is_masked_until_it_is_asked_for_and_deleted_in_the_end(office: Office) -> None:
    draw = drawn(office)
    at = f"/draws/{draw}/calls"
    shown = office.sees("clerk", at)
    masked = re.findall(r'<span class="phone-masked">([^<]+)<', shown.text)
    assert masked
    assert all(re.fullmatch(r"\d{3}\*{4}\d{4}", one) for one in masked)
    assert office.presses("clerk", at, "forget").status == 302
    assert "tel:" not in office.sees("clerk", at).text


def test_a_part_of_the_list_that_is_used_up_is_named(office: Office) -> None:
    rows = [["学校", "姓名", "电话"], ["青草坝小学", "周甲", "13900000001"], ["青草坝小学", "周乙", "13900000002"]]
    rows += [["白鹤小学", f"吴{n:02d}", f"139000001{n:02d}"] for n in range(40)]
    draw = drawn(office, rows=rows, by=["school"])
    at = f"/draws/{draw}/calls"
    for _two in range(2):
        found = queries.call_list(office.county["clerk"], draw)
        mine = next(one for one in found.lines if "青草坝小学" in one.stratum and one.standing == "waiting")
        office.presses("clerk", at, "call", ticket=mine.ticket.ticket, done="unreachable|空号")
    shown = office.sees("clerk", at)
    assert "advisory" in shown.text
    assert "青草坝小学" in shown.text.split("advisory", 1)[1][:400]


@pytest.mark.proves("D04")
def test_a_press_on_the_wrong_line_is_taken_back_as_long_as_nobody_else_was_called(office: Office) -> None:
    draw = drawn(office)
    at, first = f"/draws/{draw}/calls", queries.call_list(office.county["clerk"], draw).lines[0].ticket.ticket
    assert 'value="take-back"' not in office.sees("clerk", at).text
    office.presses("clerk", at, "call", ticket=first, done="unreachable|空号")
    assert 'value="take-back"' in office.sees("clerk", at).text
    assert office.presses("clerk", at, "take-back", ticket=first).status == 302
    assert queries.call_list(office.county["clerk"], draw).lines[0].standing == "waiting"
    office.presses("clerk", at, "call", ticket=first, done="unreachable|空号")
    heir = next(one for one in queries.call_list(office.county["clerk"], draw).lines if one.follows == first)
    office.presses("clerk", at, "call", ticket=heir.ticket.ticket, done="reached")
    assert 'value="take-back"' in office.sees("clerk", at).text
    assert office.presses("clerk", at, "take-back", ticket=first).status == 409


def test_what_the_public_reads_is_what_the_organiser_published_and_nothing_before(
    real_db: str, settings: Settings
) -> None:
    """With real commits: the portal's own connection sees nothing else."""
    settings.DEMO = True
    office = Office(county())
    office.on("2024-07-22")
    draw = frozen(office, circle="witnesses")
    at, number = f"/draws/{draw}", view(office, draw).number
    public = f"/{office.county.slug}/draws/{number}"
    assert office.sees("clerk", public).status == 404
    assert office.presses("clerk", at, "publish").status == 409
    office.presses("clerk", at, "close-circle", threshold="1")
    office.presses("clerk", at, "seal")
    assert office.sees("clerk", public).status == 404
    assert office.presses("clerk", at, "publish").status == 302
    assert office.sees("clerk", public).status == 200
    assert office.sees("clerk", f"{public}/record").status == 404
    office.presses("clerk", at, "run")
    assert office.sees("clerk", f"{public}/record").status == 404
    key = str(new_id())
    for _again in range(2):
        assert office.presses("clerk", at, "publish", key=key).status == 302
    record, anchor = office.sees("clerk", f"{public}/record").data, office.sees("clerk", f"{public}/anchor").data
    assert verify_draw.verify(record, anchor).verdict == "replayable"
    assert "家长00" not in record.decode() + office.sees("clerk", public).text
    assert number in office.sees("clerk", f"/{office.county.slug}/draws").text


@pytest.mark.parametrize("who", ["leader", "expert", "fire-clerk", "town-clerk"])
def test_leader_department_and_expert_hold_no_draws_and_are_led_to_none(office: Office, who: str) -> None:
    draw = drawn(office)
    for page in ("/draws", NEW, f"/draws/{draw}", f"/draws/{draw}/calls", f"/draws/{draw}/files/record"):
        assert office.sees(who, page).status == 403, page
    assert 'href="/draws"' not in office.sees(who, "/inbox").text


def test_a_school_knows_its_own_draws_only(office: Office) -> None:
    draw = drawn(office)
    assert office.sees("principal", f"/draws/{draw}").status == 404
    assert office.sees("principal", f"/draws/{draw}/calls").status == 404
    assert str(view(office, draw).number) not in office.sees("principal", "/draws").text


def test_pages_of_draws_cost_the_same_however_many_there_are(office: Office) -> None:
    one = drawn(office, rows=parents(2))
    clerk = office.client("clerk")
    pages = ("", "/calls", "/result", "/notice")
    small = [queries_of(clerk, f"/draws/{one}{page}") for page in pages] + [queries_of(clerk, "/draws")]
    many = drawn(office, rows=parents(30))
    large = [queries_of(clerk, f"/draws/{many}{page}") for page in pages] + [queries_of(clerk, "/draws")]
    assert large == small
    assert max(large) < 40
