"""Class placement at the desk: the school's way from its list to its classes, and who never sees a name."""

from __future__ import annotations

import dataclasses
import html
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from qingfu.base.chance import new_id
from qingfu.records.draws import queries as draws
from qingfu.records.journal.actions import deed
from qingfu.records.placement import actions, queries
from qingfu.records.placement.models import Placement
from tests.faces.desk_of import Office, Seen, office
from tests.records.draws.lots import Phone
from tests.records.placement.classes import AT, listed, opened, placed, roster
from tests.unit.papers.filings.sheets import Rows, book

__all__ = ["office"]

HEAD = ("学号", "姓名", "性别", "乡镇", "水平", "特殊需要")
SCHOOL = "principal"
OUTSIDE = ("clerk", "leader", "keeper", "reviewer")


@dataclass
class Place:
    """A placement and the office that looks at it."""

    office: Office
    id: int

    def url(self, rest: str = "") -> str:
        return f"/placements/{self.id}{'/' + rest if rest else ''}"

    def sees(self, rest: str = "", who: str = SCHOOL, **asked: str) -> Seen:
        return self.office.sees(who, self.url(rest), **asked)

    def presses(self, rest: str, verb: str, who: str = SCHOOL, **sent: Any) -> Seen:
        return self.office.presses(who, self.url(rest), verb, **sent)

    @property
    def view(self) -> queries.PlacementView:
        return queries.placement(self.office.county[SCHOOL], self.id)


@pytest.fixture
def begun(office: Office) -> Place:
    """A placement with nothing in it."""
    return Place(office, opened(office.county))


@pytest.fixture
def full(office: Office) -> Place:
    """A placement that is ready to be frozen."""
    return Place(office, listed(office.county))


@pytest.fixture
def done(office: Office) -> Place:
    """Classes that were drawn."""
    return Place(office, placed(office.county).row.id)


def sheet(rows: Rows, name: str = "名册.xlsx", head: tuple[str, ...] = HEAD) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, book({"名册": [head, *rows]}), content_type="application/octet-stream")


def lines(count: int = 91) -> Rows:
    """As many pupils as two classes of the plan cannot hold."""
    return [
        (
            f"N{n:03d}",
            f"学生{n:03d}",
            "男女"[n % 2],
            "东河镇" if n % 5 else "城关镇",
            60 + n % 40 / 2,
            "是" if n == 7 else "否",
        )
        for n in range(1, count + 1)
    ]


def carried(page: Seen, **more: str) -> dict[str, str]:
    """What the preview's form carries on."""
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    hidden.pop("client-id"), hidden.pop("csrfmiddlewaretoken", None)
    return {name: html.unescape(value) for name, value in hidden.items()} | more


def test_an_empty_list_says_how_to_begin_and_a_school_begins(office: Office) -> None:
    page = office.sees(SCHOOL, "/placements")
    assert "阳光分班" in page.words
    assert 'class="empty"' in page.text
    made = office.presses(SCHOOL, "/placements", "open", year="2024", grade="P1")
    assert made.status == 302
    assert "2024年一年级" in office.sees(SCHOOL, "/placements").words


def test_a_second_split_is_refused_with_its_reason(office: Office) -> None:
    placed(office.county)
    refused = office.presses(SCHOOL, "/placements", "open", year="2024", grade="P1")
    assert refused.status == 409
    assert "二次分班" in refused.words
    assert "问题台账" in refused.words


def test_a_list_is_shown_with_its_counts_before_it_is_taken(begun: Place) -> None:
    page = begun.presses("roster", "preview", sheet=sheet(lines()))
    assert page.status == 200
    assert begun.view.row.pupils == 0
    assert re.search(r"男生\s*45", page.words)
    assert re.search(r"女生\s*46", page.words)
    assert "东河镇 73" in page.words
    assert "水平分布" in page.words
    taken = begun.presses("roster", "take", **carried(page))
    assert taken.where == begun.url()
    assert begun.view.row.pupils == 91


def test_a_fault_is_named_by_its_cell_and_a_forced_taking_takes_nothing(begun: Place) -> None:
    page = begun.presses("roster", "preview", sheet=sheet([("N1", "甲", "男", "城关镇", 87.3, "否")]))
    assert "E2" in page.words
    assert "87.5" in page.words
    assert 'value="take"' not in page.text
    forced = begun.presses("roster", "take", **carried(page))
    assert (forced.status, begun.view.row.pupils) == (422, 0)


def test_a_doubt_is_asked_and_the_answer_carried_to_the_taking(begun: Place) -> None:
    rows: Rows = [("N1", "甲", 1, "城关", "缺考", "轻度听障"), ("N2", "乙", "女", "城关镇", 80, "否")]
    page = begun.presses("roster", "preview", sheet=sheet(rows))
    assert 'value="take"' not in page.text
    chosen = dict(re.findall(r'name="(a\.[^"]+)" value="([^"]*)" checked', page.text))
    assert len(chosen) == 4
    clear = begun.presses("roster", "preview", **carried(page, **chosen))
    assert begun.presses("roster", "take", **carried(clear)).status == 302
    assert [(one.gender, one.township, one.special) for one in begun.view.pupils] == [
        ("m", "城关镇", True), ("f", "城关镇", False),
    ]  # fmt: skip


@pytest.mark.parametrize("data", ["", "not base64!", "bm90IGEgc2hlZXQ=", "A" * 2_100_000])
def test_rubbish_is_refused_in_words(begun: Place, data: str) -> None:
    page = begun.presses("roster", "take", data=data, name="x.xlsx")
    assert page.status in (413, 422, 400)
    assert begun.view.row.pupils == 0


def test_a_hostile_list_is_shown_as_text(begun: Place) -> None:
    page = begun.presses("roster", "preview", sheet=sheet([("N1", "<script>alert(1)</script>", "男", "", 1, "")]))
    assert "<script>alert" not in page.text


@pytest.mark.proves("C08")
def test_the_permit_is_asked_for_only_above_the_cap(full: Place) -> None:
    with deed(full.office.county[SCHOOL]):
        Placement.objects.filter(id=full.id).update(cap=45, clause="五(一)2e")
    assert 'name="permit"' not in full.sees().text
    refused = full.presses("", "divide", classes="1")
    assert refused.status == 422
    assert 'name="permit"' in refused.text
    assert full.presses("", "divide", classes="1", permit="县教字〔2024〕12号").status == 302
    assert (full.view.row.classes, full.view.permit) == (1, "县教字〔2024〕12号")


def test_wishes_are_entered_by_a_part_of_a_name_and_taken_off(full: Place) -> None:
    said = {"kind": "apart", "reason": "家长要求"}
    several = full.presses("pairs", "tie", one="学生04", other="N050", **said)
    assert several.status == 422
    assert several.text.count('type="radio" name="one"') == 10
    assert full.presses("pairs", "tie", one="N041", other="学生050", **said).status == 302
    assert full.presses("pairs", "tie", one="没有这个人", other="N050", **said).status == 422
    avoid = full.presses("pairs", "tie", one="N060", kind="avoid", team="乙老师组", reason="教职工子女")
    assert avoid.status == 302
    assert len(full.view.ties) == 5
    full.presses("pairs", "untie", tie=str(full.view.ties[-1].id))
    assert len(full.view.ties) == 4


def test_the_check_list_says_what_is_missing_and_freezing_waits_for_it(full: Place) -> None:
    full.presses("teams", "name-teams", team=["甲组"])
    page = full.sees()
    assert "尚不符合" in page.words
    assert re.search(r'value="rehearse"[^>]*disabled', page.text)
    assert re.search(r'value="freeze"[^>]*disabled', full.sees("freeze").text)
    full.presses("teams", "name-teams", team=["甲组", "乙组"])
    assert "尚不符合" not in full.sees().words


@pytest.mark.proves("C07")
def test_how_the_teams_compare_is_seen_before_the_list_is_frozen(full: Place) -> None:
    names = ["甲老师组", "乙老师组"]
    wrong = full.presses("teams", "name-teams", team=names, teachers=["二", "2"], seniors=["", ""], years=["", ""])
    assert wrong.status == 422
    assert 'id="teachers-1-fault"' in wrong.text
    assert 'value="二"' in wrong.text
    full.presses("teams", "name-teams", team=names, teachers=["2", "2"], seniors=["1", ""], years=["8", "12"])
    for page in ("", "freeze"):
        words = full.sees(page).words
        assert "平均教龄（年）8至12" in words
        assert "教师人数各2" in words
        # What was told of one team only compares nothing.
        assert "中级及以上职称" not in words


def test_a_rehearsal_shows_the_balance_and_is_marked_and_pressed_twice_is_one(full: Place) -> None:
    key = str(new_id())
    first = full.presses("", "rehearse", key=key)
    assert full.presses("", "rehearse", key=key).where == first.where
    assert len(queries.rehearsals(full.office.county[SCHOOL], full.id)) == 1
    page = full.office.sees(SCHOOL, first.where)
    assert "演练" in page.words
    assert "各班相差" in page.words
    screen = full.office.sees(SCHOOL, f"{first.where}/screen")
    assert "演练" in screen.words
    assert full.view.row.state == "collecting"


def test_the_list_is_frozen_and_drawn_alone_once(full: Place) -> None:
    before = full.sees("freeze")
    assert "谁也不能再增加、去掉或调换任何人" in before.words
    key = str(new_id())
    assert full.presses("freeze", "freeze", key=key, witnesses="alone").where == full.url("ceremony")
    assert full.presses("freeze", "freeze", key=key, witnesses="alone").status == 302
    assert 'hx-trigger="every 2s"' in full.sees("screen").text
    run = str(new_id())
    assert full.presses("ceremony", "run", key=run).where == full.url()
    assert full.presses("ceremony", "run", key=run).status == 302
    assert full.presses("ceremony", "run").status == 409
    page = full.sees()
    assert full.view.row.state == "placed"
    assert "各班相差" in page.words
    screen = full.sees("screen")
    assert "data-fill" in screen.text
    assert "hx-trigger" not in screen.text
    assert "学生0" not in screen.text


def test_the_ceremony_goes_on_from_any_step_and_is_given_up_with_a_reason(full: Place) -> None:
    full.presses("freeze", "freeze", witnesses="by-phone")
    assert 'id="live"' in full.sees("ceremony").text
    assert full.presses("ceremony", "close-circle", threshold="x").status == 422
    assert full.presses("ceremony", "close-circle", threshold="1").status == 302
    assert full.presses("ceremony", "seal").status == 302
    assert "封存" in full.sees("screen").words
    assert full.presses("ceremony", "give-up", reason="").status == 422
    assert full.presses("ceremony", "give-up", reason="漏了一名学生").status == 302
    assert full.view.row.state == "collecting"
    assert "漏了一名学生" in full.sees("screen").words


def test_a_page_that_was_opened_before_the_witnesses_came_closes_by_the_majority_of_those_who_came(full: Place) -> None:
    full.presses("freeze", "freeze", witnesses="by-phone")
    page = full.sees("ceremony")
    (first,) = re.findall(r'<select id="threshold".*?<option value="([^"]*)" selected>', page.text)
    draw = full.view.row.draw or 0
    door = draws.draw(full.office.county[SCHOOL], draw).door
    for name in ("李妈妈", "王爸爸", "周奶奶"):
        Phone(full.office.county, door, name).join()
    assert full.presses("ceremony", "close-circle", threshold=first).status == 302
    assert draws.draw(full.office.county[SCHOOL], draw).threshold == 3


def test_a_page_that_asks_is_led_on_when_a_step_was_taken_elsewhere(full: Place) -> None:
    full.presses("freeze", "freeze", witnesses="by-phone")
    client = full.office.client(SCHOOL)
    asked = {"HX-Request": "true"}
    assert "HX-Redirect" not in client.get(full.url("ceremony"), {"at": "frozen"}, headers=asked).headers
    full.presses("ceremony", "close-circle", threshold="")
    led = client.get(full.url("ceremony"), {"at": "frozen"}, headers=asked)
    assert led.headers["HX-Redirect"] == full.url("ceremony")
    draw = f"/draws/{full.view.row.draw}"
    assert client.get(draw, {"at": "frozen"}, headers=asked).headers["HX-Redirect"] == draw


def test_the_screen_shows_the_code_that_a_witness_compares_and_says_who_is_waited_for(full: Place) -> None:
    full.presses("freeze", "freeze", witnesses="by-phone")
    draw = full.view.row.draw or 0
    phone = Phone(full.office.county, draws.draw(full.office.county[SCHOOL], draw).door, "李妈妈")
    (member,) = [one for one in phone.join().members if one.role == "witness"]
    assert member.code.replace(" ", "") == member.key[2:18]
    assert member.code in full.sees("screen").text
    full.presses("ceremony", "close-circle", threshold="")
    assert "还缺这些人的份额： 李妈妈" in full.sees("screen").words


def test_a_long_row_of_missing_witnesses_does_not_push_the_digest_off_the_screen(full: Place) -> None:
    full.presses("freeze", "freeze", witnesses="by-phone")
    door = draws.draw(full.office.county[SCHOOL], full.view.row.draw or 0).door
    for n in range(10):
        Phone(full.office.county, door, f"{n}号家长").join()
    full.presses("ceremony", "close-circle", threshold="")
    (waits,) = re.findall(r'<p class="hall-waits">(.*?)</p>', full.sees("screen").text)
    assert (waits.count("号家长"), "另有2人" in waits) == (8, True)


def test_a_draw_that_was_run_on_its_own_page_is_taken_over(full: Place) -> None:
    full.presses("freeze", "freeze", witnesses="alone")
    draw = full.view.row.draw
    assert full.office.presses(SCHOOL, f"/draws/{draw}", "run").status == 302
    assert 'value="run"' in full.sees("ceremony").text
    assert full.sees("screen").status == 200
    assert full.presses("ceremony", "run").status == 302
    assert full.view.row.state == "placed"


def test_class_lists_and_their_workbook_hold_everybody_once(done: Place) -> None:
    page = done.sees("classes")
    assert page.text.count('class="name"') == 90
    answer = done.sees("classes/sheet")
    opened_book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    names = [
        row[1] for title in opened_book.sheet_names for row in opened_book.get_sheet_by_name(title).to_python()[1:]
    ]
    assert sorted(str(name) for name in names) == [f"学生{n:03d}" for n in range(1, 91)]


def test_the_list_for_the_door_has_tickets_and_no_names(done: Place) -> None:
    page = done.sees("classes", tickets="")
    assert page.text.count('<li class="ticket">') == 90
    assert not any(word in page.text for word in ("学生0", "老师组"))


@pytest.mark.proves("C07")
def test_names_never_reach_the_bureau_another_school_or_anybody_else(done: Place) -> None:
    done.presses("changes", "except", moved="N001", goal=_other(done), reason="行动不便", approver="县教育局")
    pages = ("", "screen", "changes", "classes", "classes/sheet", "roster", "pairs", "teams", "later", "ceremony")
    for who in OUTSIDE:
        for rest in pages:
            seen = done.sees(rest, who)
            assert seen.status in (200, 404), (who, rest, seen.status)
            assert not any(word in seen.text for word in ("学生0", "甲老师", "双胞胎")), (who, rest)
        draw = done.view.row.draw
        for rest in ("slips", "result"):
            assert done.office.sees(who, f"/draws/{draw}/{rest}").status in (403, 404), (who, rest)
    for who in ("other-principal", "fire-clerk", "town-clerk", "expert"):
        assert {done.sees(rest, who).status for rest in pages} == {404}, who
    assert done.office.sees("fire-clerk", "/placements").status == 403
    listing = done.office.sees("clerk", "/placements", year="2024")
    assert "清溪镇中心小学" in listing.words
    assert "学生0" not in listing.text


def _other(place: Place) -> str:
    mine = next(one.label for one in place.view.pupils if one.number == "N001")
    return next(one.label for one in place.view.classes if one.label != mine)


def test_the_office_sees_which_schools_have_none_yet(done: Place) -> None:
    page = done.office.sees("clerk", "/placements", year="2024")
    assert "白鹤初级中学" in page.words.split("尚未开始的学校")[1]
    assert "2 所学校" in page.words


def test_whoever_comes_later_takes_the_next_seat_and_a_repeat_takes_no_other(done: Place) -> None:
    seats: Any = draws.draw(done.office.county[SCHOOL], done.view.row.draw or 0).result["later"]
    key = str(new_id())
    said = {"number": "Z1", "name": "后来的人", "gender": "f", "level": "87.5", "township": "城关镇"}
    for _ in range(2):
        assert done.presses("changes", "arrive", key=key, **said).status == 302
    (late,) = [one for one in done.view.pupils if one.later]
    assert (late.label, late.level) == (seats[0], 175)
    assert f"签号{late.ticket}" in done.sees("changes").words
    assert done.presses("changes", "arrive", **{**said, "number": "Z2", "level": "好"}).status == 422
    nothing = done.presses("changes", "arrive", number="", name="", gender="")
    assert nothing.text.count('<p class="fault">') == 3


def test_leaving_and_exceptions_stand_with_their_reasons(done: Place) -> None:
    assert done.presses("changes", "leave", leaver="N002").status == 422
    assert done.presses("changes", "leave", leaver="N002", **{"leave-reason": "随父母迁居"}).status == 302
    refused = done.presses("changes", "except", moved="N001", goal=_other(done), reason="行动不便", approver="")
    assert refused.status == 422
    done.presses("changes", "except", moved="N001", goal=_other(done), reason="行动不便", approver="县教育局基教股")
    seen = done.sees("changes", "clerk")
    assert "随父母迁居" in seen.words
    assert "县教育局基教股" in seen.words


@pytest.mark.proves("C07")
def test_next_years_lists_are_compared_in_plain_words(done: Place) -> None:
    heads = ("学号", "班级")
    same = sheet([(one.number, f"二年级{one.label}") for one in done.view.pupils], head=heads)
    assert "没有发生变化" in done.presses("later", "compare", sheet=same).words
    some = [one.number for one in done.view.pupils if one.label == done.view.classes[0].label][:10]
    other = done.view.classes[1].label
    moved = [(one.number, other if one.number in some else one.label) for one in done.view.pupils]
    page = done.presses("later", "compare", sheet=sheet(moved, head=heads))
    assert "10名学生换了班" in page.words
    assert "疑似悄悄重新分班" in page.words
    wrong = done.presses("later", "compare", sheet=sheet([("N1", "")], head=heads))
    assert "B2" in wrong.words


@pytest.mark.proves("C07")
def test_before_the_list_is_frozen_it_is_said_whose_points_could_be_told_from_the_record(office: Office) -> None:
    county = office.county
    held = listed(county)
    page = f"/placements/{held}/freeze"
    # One of the roster's three with special needs comes from the villages; they are girls or boys, so few are alike.
    assert "可能被认出" in office.sees(SCHOOL, page).words
    plain = [dataclasses.replace(one, special=False, township="") for one in roster()]
    actions.bring_roster(county[SCHOOL], placement=held, pupils=plain, classes=2, at=AT)
    assert "可能被认出" not in office.sees(SCHOOL, page).words


def test_pages_cost_the_same_however_many_pupils_there_are(office: Office) -> None:
    county = office.county
    small, large = placed(county, count=30).row.id, None
    pages = ("", "/classes", "/changes", "/screen")
    cost = {rest: office.queries(SCHOOL, f"/placements/{small}{rest}") for rest in pages}
    actions.open_placement(county[SCHOOL], year=2025, grade="P1", at=AT)
    large = actions.open_placement(county[SCHOOL], year=2026, grade="P1", at=AT).row.id
    others = [dataclasses.replace(one, number=f"Z{one.number}", name=f"新生{one.number}") for one in roster(180)]
    actions.bring_roster(county[SCHOOL], placement=large, pupils=others, classes=4, at=AT)
    actions.freeze_list(county[SCHOOL], placement=large, alone=True, at=AT)
    actions.draw_classes(county[SCHOOL], placement=large, at=AT)
    assert {rest: office.queries(SCHOOL, f"/placements/{large}{rest}") for rest in pages} == cost
    assert max(cost.values()) < 60
