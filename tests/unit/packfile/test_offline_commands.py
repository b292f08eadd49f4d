"""The offline commands: what they print, in both forms, and 0 only where all is well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qingfu.base.canon import canonical
from qingfu.base.chain import BEGINNING, Link, head_of, link
from tests.unit.offline import run, run_json
from tests.unit.packfile import tiny


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tiny.write(tmp_path)


def test_check_is_0_for_a_sound_pack_and_1_for_a_broken_one(pack: Path, tmp_path: Path) -> None:
    code, said = run_json("pack", "check", pack)
    assert (code, said["faults"], said["hurdles"], len(said["digest"])) == (0, [], [], 64)
    broken = tiny.write(tmp_path / "b", ("duties.yaml", "to: office", "to: offise"))
    code, said = run_json("pack", "check", broken, "--language", "en")
    assert code == 1
    assert [(one["file"], one["line"], one["key"], one["clause"], one["suggestion"]) for one in said["faults"]] == [
        ("duties.yaml", 6, "duties.look-back.to", "第五条", "office")
    ]
    code, text = run("pack", "check", broken, "--language", "en")
    assert code == 1
    assert "QF-PACK-REFERENCE" in text
    assert "duties.yaml:6" in text


def test_check_shows_hurdles_and_minds_them_only_when_asked(tmp_path: Path) -> None:
    open_ = tiny.write(tmp_path, ("lists.yaml", '{value: "2", unit: item}', '{blank: "总量", unit: item}'))
    code, said = run_json("pack", "check", open_)
    assert (code, [one["code"] for one in said["hurdles"]]) == (0, ["QF-PACK-BLANK"])
    assert [blank["name"] for blank in said["blanks"]] == ["lists.entry.caps.0.at-most"]
    assert run_json("pack", "check", open_, "--in-force")[0] == 1


def test_a_pack_that_is_not_there_is_1_and_names_those_that_are(tmp_path: Path) -> None:
    for command in ("check", "trace", "test", "calendar", "burden"):
        code, said = run_json("pack", command, tmp_path / "nothing")
        assert (code, said["faults"][0]["code"]) == (1, "QF-PACK-NONE")


def test_trace_is_0_when_every_sentence_is_mapped_and_1_when_one_is_not(pack: Path, tmp_path: Path) -> None:
    code, said = run_json("pack", "trace", pack)
    assert (code, said["counts"]) == (0, {"runs": 6, "nothing": 1, "awaits": 1, "unmapped": 0})
    missing = ("clauses.yaml", '"报问题", sentences: ["1", "2"]', '"报问题", sentences: ["1"]')
    broken = tiny.write(tmp_path / "b", missing)
    assert run_json("pack", "trace", broken)[0] == 1
    code, text = run("pack", "trace", broken, "--language", "en", "--catalogue")
    assert code == 1
    assert "unmapped" in text


def test_trace_without_a_skeleton_is_1(pack: Path) -> None:
    (pack / "skeleton.toml").unlink()
    assert run_json("pack", "trace", pack)[0] == 1


def test_trace_holds_a_source_against_the_digests(tmp_path: Path) -> None:
    digest = 'sentences = 2\nbinding = [1, 2]\ndigests = ["00000000", "11111111"]'
    pack = tiny.write(tmp_path, ("skeleton.toml", "sentences = 2\nbinding = [1, 2]", digest))
    source = tmp_path / "source.txt"
    source.write_text("第三条\n先申请。\n后进校。\n", encoding="utf-8")
    code, said = run_json("pack", "trace", pack, "--source", source)
    assert (code, [one["key"] for one in said["not_in_source"]]) == (1, ["第三条.digests", "第三条.digests"])


def test_test_is_1_when_a_situation_does_not_hold(tmp_path: Path) -> None:
    head = 'situations:\n  - {id: it, proves: [A15], says: "空名单", day: "2024-04-01", expect: [{list: entry, taken: '
    holds = tiny.write(tmp_path / "a", also={"situations.yaml": head + '"0"}]}\n'})
    fails = tiny.write(tmp_path / "b", also={"situations.yaml": head + '"1"}]}\n'})
    code, said = run_json("pack", "test", holds)
    assert (code, [one["holds"] for one in said["situations"]]) == (0, [True])
    code, said = run_json("pack", "test", fails, "--language", "en")
    assert (code, said["situations"][0]["failures"]) == (1, ["entry: places taken should be 1, and is 0"])
    assert "✗" in run("pack", "test", fails)[1]


def test_diff_names_what_changed_and_is_0(pack: Path, tmp_path: Path) -> None:
    other = tiny.write(tmp_path / "b", ("lists.yaml", 'value: "2"', 'value: "3"'))
    code, said = run_json("pack", "diff", pack, other)
    assert (code, [(one["kind"], one["field"]) for one in said["differences"]]) == (0, [("lists", "caps.0.at-most")])
    assert "2 item" in run("pack", "diff", pack, other, "--language", "en")[1]
    assert run_json("pack", "diff", pack, pack)[1]["differences"] == []


def test_calendar_lists_the_dates_and_writes_a_file(pack: Path, tmp_path: Path) -> None:
    code, said = run_json("pack", "calendar", pack, "--year", "2024")
    assert code == 0
    assert [one["day"] for one in said["dates"]][:2] == ["2024-03-25", "2024-03-29"]
    file = tmp_path / "plan.ics"
    assert run("pack", "calendar", pack, "--ics", file)[0] == 0
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert run("pack", "calendar", pack, "--ics", "-")[1].startswith("BEGIN:VCALENDAR")


def test_burden_states_its_assumptions_and_is_1_over_a_national_cap(pack: Path, tmp_path: Path) -> None:
    code, said = run_json("pack", "burden", pack, "--schools", "10")
    assert (code, said["counts"]["schools"], said["counts"]["departments"]) == (1, 10, 20)
    assert [one["verdict"] for one in said["caps"]] == ["within", "over"]
    less = tiny.write(tmp_path / "b", ("lists.yaml", 'value: "8", unit: activity', 'value: "6", unit: activity'))
    assert run_json("pack", "burden", less)[0] == 0
    assert "60" in run("pack", "burden", less, "--language", "en")[1]


def test_schema_prints_writes_and_finds_what_is_stale(tmp_path: Path) -> None:
    code, said = run("pack", "schema", "duties")
    assert (code, json.loads(said)["title"]) == (0, "duties.yaml")
    assert run("pack", "schema", "duty")[0] == 1
    assert run_json("pack", "schema", "--write", tmp_path)[0] == 0
    assert run_json("pack", "schema", "--check", tmp_path)[0] == 0
    (tmp_path / "pack.md").write_text("old", encoding="utf-8")
    code, found = run_json("pack", "schema", "--check", tmp_path)
    assert (code, found["stale"]) == (1, ["pack.md"])


def test_chinese_is_what_is_spoken_unless_english_is_asked_for(pack: Path) -> None:
    assert "要求什么" in run("pack", "burden", pack)[1]
    assert "What is asked" in run("pack", "burden", pack, "--language", "en")[1]


def _journal(folder: Path, rows: int = 5) -> tuple[Path, list[dict[str, Any]], str]:
    links: list[Link] = []
    lines = []
    for n in range(1, rows + 1):
        entry = {"verb": "lists.publish", "subject": n}
        links.append(link(n, links[-1].digest if links else BEGINNING, entry))
        lines.append({"n": n, "entry": entry, "prev": links[-1].prev, "digest": links[-1].digest})
    return _written(folder, lines), lines, head_of(links[-1])


def _written(folder: Path, lines: list[dict[str, Any]]) -> Path:
    file = folder / "journal.jsonl"
    file.write_bytes(b"".join(canonical(line) + b"\n" for line in lines))
    return file


def test_a_whole_journal_verifies_against_its_head(tmp_path: Path) -> None:
    file, _, head = _journal(tmp_path)
    assert run_json("journal", "verify", file, "--head", head) == (0, {"ok": True, "rows": 5, "head": head})
    assert run_json("journal", "verify", file)[0] == 0


@pytest.mark.parametrize("spoiled", ["changed", "dropped", "added", "swapped", "cut", "no journal", "other head"])
def test_a_spoiled_journal_does_not_verify(spoiled: str, tmp_path: Path) -> None:
    file, lines, head = _journal(tmp_path)
    if spoiled == "changed":
        lines[2]["entry"]["subject"] = 99
    elif spoiled == "dropped":
        del lines[2]
    elif spoiled == "added":
        lines.insert(2, dict(lines[2]))
    elif spoiled == "swapped":
        lines[1], lines[2] = lines[2], lines[1]
    elif spoiled == "cut":
        del lines[-1]
    file = _written(tmp_path, lines)
    if spoiled == "no journal":
        file.write_text("not a journal\n", encoding="utf-8")
    if spoiled == "other head":
        head = f"5:{'0' * 64}"
    code, said = run_json("journal", "verify", file, "--head", head)
    assert code == 1
    assert said["code"].startswith("QF-CHAIN")
