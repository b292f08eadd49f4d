"""The page with which a parent replays a draw, opened from its file, with the network switched off."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts import verifier
from tests.journeys import lottery
from tests.journeys.eyes import all_ailments
from tests.journeys.lottery import Document, Draw, written

DRAWS = Path(__file__).resolve().parents[1] / "data" / "draws"
RECORDS = sorted(DRAWS.glob("*.record.json"))
VERDICTS = {"rejected", "rehearsal", "consistent", "replayable", "random"}
VECTORS = {"rfc3797": lottery.rfc3797, "nomcom": lottery.nomcom, "xsf": lottery.xsf}
JUNK: tuple[object, ...] = (None, -1, "é", [[]], {"": {}})
# One record of each method that is looked at closely; the others look like one of these.
LOOKED_AT = ("allot-90", "match", "pick-witnessed", "share")
PATIENCE = 60_000

VERIFY = """([record, anchor]) => QingfuDraw.verify(QingfuDraw.text(record), anchor && QingfuDraw.text(anchor))"""
# Every `step`-th byte is changed in three ways; `which` says whether it is the record's or the anchor's.
CHANGED = """([record, anchor, which, step]) => {
  const files = [QingfuDraw.text(record), QingfuDraw.text(anchor)];
  const held = [];
  for (let at = 0; at < files[which].length; at += step) {
    const kept = files[which][at];
    for (const other of [kept ^ 1, kept ^ 32, 255]) {
      files[which][at] = other;
      const answer = QingfuDraw.verify(...files);
      if (answer.verdict !== "rejected" || !answer.faults.length) held.push([at, other, answer.verdict]);
    }
    files[which][at] = kept;
  }
  return held;
}"""
JUDGED = """(texts) => texts.map((text) => QingfuDraw.verify(QingfuDraw.text(text)))
  .map(({verdict, faults}) => [verdict, faults.map((fault) => fault.what)])"""


@pytest.fixture
def asked() -> list[str]:
    """The addresses the page asked for."""
    return []


@pytest.fixture
def context(browser: Browser, asked: list[str]) -> Iterator[BrowserContext]:
    """A Chinese telephone without a network; the page asks for nothing and says nothing in the console."""
    opened = browser.new_context(locale="zh-CN", viewport={"width": 360, "height": 780}, offline=True)
    opened.set_default_timeout(PATIENCE)
    faults: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda said: faults.append(said.text))
    opened.on("weberror", lambda error: faults.append(str(error.error)))
    yield opened
    opened.close()
    assert not faults
    assert [url for url in asked if not url.startswith("blob:")] == [verifier.PAGE.as_uri()] * bool(asked)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The page, opened with a double click."""
    return _opened(context)


def _opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(verifier.PAGE.as_uri())
    expect(page.locator("#ask")).to_be_visible()
    return page


def _judged(page: Page, record: object, anchor: object = None) -> Document:
    answer: Document = page.evaluate(VERIFY, [written(record), written(anchor) if anchor else None])
    assert answer["verdict"] in VERDICTS
    return answer


def _replay(page: Page, record: str, anchor: str = "") -> None:
    page.locator("#record").set_input_files({"name": "a.json", "mimeType": "", "buffer": record.encode()})
    page.locator("#anchor-text").fill(anchor)
    page.locator("#ask button.main").click()
    expect(page.locator("#answer")).to_be_visible()


def _said(page: Page) -> str:
    return str(page.locator("#answer").inner_text())


def test_the_committed_page_is_made_from_its_parts() -> None:
    assert verifier.main(check=True) == []


@pytest.mark.parametrize("name", VECTORS)
def test_draws_that_others_published_are_replayed(name: str, page: Page) -> None:
    draw = VECTORS[name]()
    assert _judged(page, draw.record)["verdict"] == "consistent"
    answer = _judged(page, draw.record, draw.anchor)
    assert (answer["verdict"], answer["faults"], answer["notes"]) == ("random", [], ["bias", "frozen-at"])


@pytest.mark.parametrize("name", ["rfc3797", "xsf"])
def test_a_record_or_notice_with_any_byte_changed_is_rejected(name: str, page: Page) -> None:
    draw = VECTORS[name]()
    for which in (0, 1):
        assert page.evaluate(CHANGED, [written(draw.record), written(draw.anchor), which, 1]) == []


@pytest.mark.parametrize("file", RECORDS, ids=lambda file: file.name.split(".")[0])
def test_draws_of_the_runner_are_replayed_and_hold_no_changed_byte(file: Path, page: Page) -> None:
    record, anchor = (
        path.read_text(encoding="utf-8") for path in (file, file.with_name(file.name.replace(".record.", ".anchor.")))
    )
    whole = json.loads(record)
    assert page.evaluate(VERIFY, [record, None])["verdict"] in {"consistent", "rehearsal"}
    answer = page.evaluate(VERIFY, [record, anchor])
    assert (answer["verdict"], answer["faults"]) == (_deserved(whole), [])
    # Fewer where each takes longer.
    step = max(len(record) // 40, len(record) ** 2 // 1_000_000)
    assert page.evaluate(CHANGED, [record, anchor, 0, step]) == []
    assert page.evaluate(CHANGED, [record, anchor, 1, max(9, step // 50)]) == []
    _replay(page, record, anchor)
    assert "结果" in page.locator("#answer h2").all_inner_texts()
    assert whole["notice"]["draw"] in _said(page)
    assert whole["seal_digest"] in _said(page)


def _deserved(record: Document) -> str:
    if record["notice"]["rehearsal"]:
        return "rehearsal"
    roles = [member["role"] for member in record["circle"]]
    witnessed = any(roles[deal["by"]] == "witness" for deal in record["deals"])
    out_of_reach = witnessed and roles.count("organiser") < record["threshold"]
    return "random" if out_of_reach or record["number"] else "replayable"


def test_a_file_that_is_no_record_is_rejected_and_nothing_escapes(page: Page) -> None:
    files = ["", " ", "null", "[]", "{}", "1", '"', "[" * 100_000, '{"a":1,"a":1}', "﻿{}", '{"circle":1.5}', "\x00"]
    for verdict, faults in page.evaluate(JUDGED, files):
        assert verdict == "rejected"
        assert faults
        assert "cannot-be-judged" not in faults


def test_what_nobody_can_see_is_empty_and_a_number_of_the_evening_before_is_too_old(page: Page) -> None:
    without_reason, of_yesterday = _runner("pick-alone"), _runner("pick-number")
    without_reason["notice"]["excluded"] = [{"name": "甲", "reason": "\u200b\u3000", "ticket": "Z1"}]
    # Frozen in the morning of the 28th of August in China.
    of_yesterday["notice"]["number"]["expected"] = "2026-08-27"
    judged = page.evaluate(JUDGED, [written(one) for one in (without_reason, of_yesterday)])
    assert [verdict for verdict, _ in judged] == ["rejected", "rejected"]
    assert ("empty" in judged[0][1], "before-freezing" in judged[1][1]) == (True, True)
    record = written(_runner("pick-witnessed"))
    assert page.evaluate(VERIFY, [record, "null"])["verdict"] == "rejected"
    other = page.evaluate(VERIFY, [record, written(_runner("pick-witnessed")["notice"])])
    assert [fault["what"] for fault in other["faults"]] == ["not-anchor"]


@pytest.mark.parametrize("name", ["xsf", "rehearsal", "match-even", "allot-small"])
def test_whatever_stands_in_a_place_of_a_record_is_judged(name: str, page: Page) -> None:
    record = VECTORS[name]().record if name in VECTORS else _runner(name)
    texts = [written(changed) for changed in _with_junk(record, 150)]
    judged = page.evaluate(JUDGED, texts)
    assert [(text, judgement) for text, judgement in zip(texts, judged, strict=True) if not _rejects(judgement)] == []


def _runner(name: str) -> Document:
    file = DRAWS / f"{name}.record.json"
    read: Document = json.loads(file.read_text(encoding="utf-8"))
    return read


def _rejects(judgement: list[Any]) -> bool:
    verdict, faults = judgement
    return verdict == "rejected" and bool(faults) and "cannot-be-judged" not in faults


def _with_junk(record: Document, many: int) -> Iterator[Document]:
    """The record with something else at one place, for about so many places spread over it."""
    places = list(_places(record))
    for n, path in enumerate(places[:: max(1, len(places) // many)]):
        changed = copy.deepcopy(record)
        at: Any = changed
        for step in path[:-1]:
            at = at[step]
        kept = at[path[-1]]
        at[path[-1]] = next(junk for junk in (*JUNK[n % len(JUNK) :], *JUNK) if junk != kept)
        yield changed


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(part, (*path, key))


def test_faults_are_named_with_their_place_and_what_should_stand_there(page: Page) -> None:
    draw = lottery.rfc3797()
    order = draw.record["result"]["order"]
    order[3], order[4] = order[4], order[3]
    faults = _judged(page, draw.record)["faults"]
    assert {"where": "$.result.order[3]", "what": "differs", "expected": draw.published[3]} in faults
    _replay(page, written(draw.record))
    expect(page.locator(".verdict")).to_contain_text("不成立")
    expect(page.locator("#answer")).to_contain_text("$.result.order[3]")
    expect(page.locator("#answer")).to_contain_text(draw.published[3])


def test_a_parent_replays_with_the_keyboard_alone(page: Page, asked: list[str]) -> None:
    draw = lottery.nomcom()
    _tab_to(page, "summary")
    page.keyboard.press("Enter")
    _tab_to(page, "textarea")
    page.keyboard.insert_text(written(draw.record) + "\n")
    _tab_to(page, "#anchor-text")
    seal = draw.anchor["seal"]
    page.keyboard.insert_text("封存 " + " ".join(seal[at : at + 8] for at in range(0, 64, 8)).upper())
    for where, text in (("#ticket", "t171"), ("#salt", lottery.SALT.hex()), ("#identity", "孩子171")):
        _tab_to(page, where)
        page.keyboard.insert_text(text)
    page.keyboard.press("Enter")
    expect(page.locator("#answer")).to_be_focused()
    expect(page.locator(".verdict")).to_contain_text("可证随机")
    expect(page.locator(".child")).to_contain_text("签号 T171 → 抽中，第 1 位")
    expect(page.locator(".child")).to_contain_text("签条相符")
    # The page, and its own worker: nothing of what was typed went anywhere.
    assert [url.partition(":")[0] for url in asked] == ["file", "blob"]


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the keyboard")


def test_a_slip_of_another_child_opens_nothing(page: Page) -> None:
    draw = lottery.nomcom()
    for where, text in (("#ticket", "T171"), ("#salt", lottery.SALT.hex()), ("#identity", "孩子172")):
        page.locator(where).fill(text)
    _replay(page, written(draw.record), written(draw.anchor))
    expect(page.locator(".child")).to_contain_text("签条不符")


def test_what_was_typed_from_the_door_decides(page: Page) -> None:
    draw = lottery.xsf()
    seal, notice = draw.anchor["seal"], draw.anchor["notice"]
    for typed, word in (
        (seal, "可证随机"),
        (f"Notice {notice}\nSeal: {seal}", "可证随机"),
        (notice, "不成立"),
        ("0" * 64, "不成立"),
        ("", "自身一致"),
    ):
        _replay(page, written(draw.record), typed)
        expect(page.locator(".verdict")).to_contain_text(word)
    page.locator("#anchor-text").fill(seal[:-1])
    page.locator("#ask button.main").click()
    expect(page.locator("#wrong")).to_be_focused()
    page.locator("#wrong a").click()
    expect(page.locator("#anchor-text")).to_be_focused()


def test_without_a_record_or_with_the_notice_in_its_place_the_page_says_so(page: Page) -> None:
    page.locator("#ask button.main").click()
    expect(page.locator("#wrong")).to_contain_text("请先选记录文件")
    notice = written(lottery.xsf().anchor).encode()
    page.locator("#record").set_input_files({"name": "b.json", "mimeType": "", "buffer": notice})
    page.locator("#ask button.main").click()
    expect(page.locator("#wrong")).to_contain_text("这是公告文件，不是记录")


@pytest.mark.parametrize("refusal", ["delete window.Worker", "window.Worker = class { constructor() { throw 1; } }"])
def test_where_no_worker_may_be_had_the_page_computes_by_itself(refusal: str, context: BrowserContext) -> None:
    context.add_init_script(f"{refusal}; Object.defineProperty(window, 'crypto', {{value: undefined}});")
    page = _opened(context)
    draw = lottery.nomcom()
    _replay(page, written(draw.record), written(draw.anchor))
    expect(page.locator(".verdict")).to_contain_text("可证随机")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(language: str, page: Page) -> None:
    page.locator(f"[data-language={language}]").click()
    found = all_ailments(page, dark_phone=False)
    page.locator("#ask button.main").click()
    found += all_ailments(page, dark_phone=True)
    shown: list[tuple[str, Draw | str]] = [("random", lottery.nomcom()), ("rejected", _broken())]
    shown += [(file.name, file.read_text(encoding="utf-8")) for file in RECORDS if file.name.split(".")[0] in LOOKED_AT]
    assert len(shown) == 2 + len(LOOKED_AT)
    for n, (_name, draw) in enumerate(shown):
        _replay(page, draw if isinstance(draw, str) else written(draw.record))
        for folded in page.locator("#answer details > summary").all()[:6]:
            folded.click()
        found += all_ailments(page, dark_phone=bool(n % 2))
    assert found == []
    says = _said(page)
    assert bool(re.search("名单|结果", says)) == (language == "zh")
    assert ("What this cannot prove" in says) == (language == "en")


def _broken() -> Draw:
    draw = lottery.rfc3797()
    draw.record["result"]["order"].reverse()
    return draw


def test_the_answer_changes_its_language_where_it_stands(page: Page) -> None:
    draw = lottery.xsf()
    _replay(page, written(draw.record), written(draw.anchor))
    page.locator("[data-language=en]").click()
    expect(page.locator(".verdict h2")).to_have_text("Random")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[data-language=zh]").click()
    expect(page.locator(".verdict h2")).to_contain_text("可证随机")
