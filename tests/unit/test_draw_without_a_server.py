"""A whole draw from the command line, its folder carried from machine to machine."""

from __future__ import annotations

import json
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

from qingfu.base.verify_draw import verify
from tests.draws_made import FOLDER
from tests.unit.offline import run, run_json

LIST: dict[str, Any] = {
    "draw": "experts-7",
    "title": "专家抽取：“进校园”评审",
    "organiser": "青溪县教育局",
    "clause": "五(一)2",
    "method": {"kind": "pick", "take": 2},
    "pool": [{"ticket": f"E{i}", "name": f"专家{i}"} for i in (5, 1, 4, 2, 3)],
    "excluded": [{"ticket": "X1", "name": "某人", "reason": "与申请单位有隶属关系"}],
}
PEOPLE = {"教育局": "organiser", "家长甲": "witness", "家长乙": "witness"}


class Table:
    """A folder, and the keys of those who sit at the table."""

    def __init__(self, home: Path, said: dict[str, Any] = LIST) -> None:
        self.home, self.folder = home, home / "draw"
        self.list = home / "list.json"
        self.list.write_text(json.dumps(said), encoding="utf-8")

    def key(self, name: str) -> Path:
        return self.home / f"{name}.key"

    def do(self, act: str, *words: str | Path) -> dict[str, Any]:
        code, said = run_json("draw", act, self.folder, *words)
        assert code == 0, said
        return said

    def refused(self, act: str, *words: str | Path) -> str:
        code, said = run_json("draw", act, self.folder, *words)
        assert code == 1
        return str(said["code"])

    def freeze(self) -> dict[str, Any]:
        code, said = run_json("draw", "freeze", self.list, "-o", self.folder)
        assert code == 0, said
        return said

    def join(self, people: dict[str, str] = PEOPLE) -> None:
        for name, role in people.items():
            self.do("join", "--name", name, "--role", role, "--key", self.key(name))

    def dealt(self) -> None:
        self.freeze()
        self.join()
        self.do("close", "--threshold", "2")
        for name in PEOPLE:
            self.do("deal", "--key", self.key(name))

    def told(self) -> None:
        for name in PEOPLE:
            self.do("reveal", "--key", self.key(name))

    def carry(self) -> None:
        """The laptop dies; somebody has a copy of the folder."""
        moved = self.folder.with_name(f"{self.folder.name}-copy")
        shutil.copytree(self.folder, moved)
        shutil.rmtree(self.folder)
        self.folder = moved

    @property
    def record(self) -> Path:
        return self.folder / "record.json"

    @property
    def anchor(self) -> Path:
        return self.folder / "anchor.json"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Table:
    """A sealed draw of which every test gets a copy."""
    made = Table(tmp_path_factory.mktemp("kept"))
    made.dealt()
    made.do("seal")
    return made


@pytest.fixture
def sealed(kept: Table, tmp_path: Path) -> Table:
    shutil.copytree(kept.home, tmp_path, dirs_exist_ok=True)
    return Table(tmp_path)


@pytest.mark.proves("A09")
def test_a_draw_is_held_with_files_and_verified_against_what_was_posted(sealed: Table) -> None:
    sealed.told()
    done = sealed.do("run")
    assert len(done["result"]["chosen"]) == 2
    found = verify(sealed.record.read_bytes(), sealed.anchor.read_bytes())
    assert (found.verdict, found.faults) == ("random", ())
    code, said = run_json("draw", "verify", sealed.record, "--anchor", sealed.anchor)
    assert (code, said["verdict"]) == (0, "random")


def test_the_folder_can_be_carried_to_another_machine_after_every_act(table: Table) -> None:
    table.freeze()
    keys = {name: ("--key", table.key(name)) for name in PEOPLE}
    acts: list[tuple[str | Path, ...]] = [
        *(("join", "--name", name, "--role", role, *keys[name]) for name, role in PEOPLE.items()),
        ("close", "--threshold", "2"),
        *(("deal", *keys[name]) for name in PEOPLE),
        ("seal",),
        ("reveal", *keys["教育局"]),
        ("reveal", *keys["家长甲"]),
        *(("open", *keys[name], "--for", "家长乙") for name in ("教育局", "家长甲")),
        ("run",),
    ]
    for act, *words in acts:
        table.carry()
        table.do(str(act), *words)
    assert verify(table.record.read_bytes(), table.anchor.read_bytes()).verdict == "random"


def test_the_same_folder_gives_the_same_record_on_two_machines(sealed: Table) -> None:
    sealed.told()
    copy = Table(sealed.home)
    copy.folder = sealed.home / "elsewhere"
    shutil.copytree(sealed.folder, copy.folder)
    sealed.do("run")
    copy.do("run")
    assert sealed.record.read_bytes() == copy.record.read_bytes()


def test_a_draw_runs_once(sealed: Table) -> None:
    sealed.told()
    sealed.do("run")
    before = sealed.record.read_bytes()
    assert sealed.refused("run") == "QF-DRAW-ONCE"
    assert sealed.record.read_bytes() == before


@pytest.mark.parametrize("gone", list(PEOPLE))
def test_whoever_walks_out_after_the_seal_the_others_open_the_share(sealed: Table, gone: str) -> None:
    rest = [name for name in PEOPLE if name != gone]
    for name in rest:
        sealed.do("reveal", "--key", sealed.key(name))
    assert sealed.refused("run") == "QF-DRAW-MISSING"
    assert sealed.do("open", "--key", sealed.key(rest[0]), "--for", gone)["missing"] == [gone]
    assert sealed.do("open", "--key", sealed.key(rest[1]), "--for", gone)["missing"] == []
    opened = sealed.do("run")["result"]
    late = Table(sealed.home)
    late.folder = sealed.home / "late"
    shutil.copytree(sealed.folder, late.folder, ignore=shutil.ignore_patterns("record.json", "opening-*"))
    late.do("reveal", "--key", sealed.key(gone))
    assert late.do("run")["result"] == opened


def test_every_step_waits_for_the_one_before_and_is_taken_once(table: Table) -> None:
    key = ("--key", table.key("教育局"))
    table.folder.mkdir()
    assert table.refused("join", "--name", "教育局", "--role", "organiser", *key) == "QF-DRAW-STEP-EARLY"
    assert table.refused("close", "--threshold", "1") == "QF-DRAW-STEP-EARLY"
    table.freeze()
    code, said = run_json("draw", "freeze", table.list, "-o", table.folder)
    assert (code, said["code"]) == (1, "QF-DRAW-STEP-TAKEN")
    table.join()
    assert table.refused("join", "--name", "教育局", "--role", "organiser", *key) == "QF-DRAW-MEMBER"
    assert table.refused("deal", *key) == "QF-DRAW-STEP-EARLY"
    assert table.refused("close", "--threshold", "4") == "QF-DRAW-MISSING"
    table.do("close", "--threshold", "2")
    assert table.refused("close", "--threshold", "1") == "QF-DRAW-STEP-TAKEN"
    assert (
        table.refused("join", "--name", "迟到", "--role", "witness", "--key", table.key("迟到")) == "QF-DRAW-STEP-TAKEN"
    )
    assert table.refused("seal") == "QF-DRAW-MISSING"
    table.do("deal", *key)
    assert table.refused("deal", *key) == "QF-DRAW-STEP-TAKEN"
    assert table.refused("reveal", *key) == "QF-DRAW-STEP-EARLY"
    assert table.refused("open", *key, "--for", "教育局") == "QF-DRAW-STEP-EARLY"
    assert table.refused("number", "1,2") == "QF-DRAW-STEP-EARLY"
    assert table.refused("run") == "QF-DRAW-STEP-EARLY"
    table.do("seal")
    assert table.refused("seal") == "QF-DRAW-STEP-TAKEN"
    assert table.refused("deal", "--key", table.key("家长甲")) == "QF-DRAW-STEP-TAKEN"
    assert table.refused("number", "1,2") == "QF-DRAW-CLOSED"
    table.do("reveal", *key)
    assert table.refused("reveal", *key) == "QF-DRAW-STEP-TAKEN"
    assert table.refused("open", *key, "--for", "家长甲") == "QF-NOT-FOUND"


def test_a_key_lies_outside_the_folder_and_only_its_owner_reads_it(table: Table) -> None:
    table.freeze()
    inside = table.folder / "a.key"
    words = ("--name", "家长甲", "--role", "witness", "--key")
    assert table.refused("join", *words, inside) == "QF-DRAW-KEY"
    assert not inside.exists()
    table.do("join", *words, table.key("家长甲"))
    assert stat.S_IMODE(table.key("家长甲").stat().st_mode) == 0o600
    secret = json.loads(table.key("家长甲").read_bytes())["secret"]
    assert all(secret.encode() not in file.read_bytes() for file in table.folder.iterdir())
    other = ("--name", "家长乙", "--role", "witness", "--key")
    assert table.refused("join", *other, table.key("家长甲")) == "QF-DRAW-KEY"


def test_a_machine_that_died_between_key_and_member_goes_on_with_the_same_key(table: Table) -> None:
    table.freeze()
    table.join({"家长甲": "witness"})
    key = table.key("家长甲").read_bytes()
    (table.folder / "member-00.json").unlink()
    table.join({"家长甲": "witness"})
    assert table.key("家长甲").read_bytes() == key


def test_a_member_who_deals_again_on_another_machine_deals_the_same(table: Table) -> None:
    table.freeze()
    table.join()
    table.do("close", "--threshold", "2")
    table.do("deal", "--key", table.key("家长甲"))
    first = (table.folder / "deal-01.json").read_bytes()
    (table.folder / "deal-01.json").unlink()
    table.do("deal", "--key", table.key("家长甲"))
    assert (table.folder / "deal-01.json").read_bytes() == first


def test_the_key_of_somebody_else_opens_nothing(sealed: Table) -> None:
    (sealed.home / "other").mkdir()
    stranger = Table(sealed.home / "other")
    stranger.freeze()
    stranger.join({"外人": "witness"})
    assert sealed.refused("reveal", "--key", stranger.key("外人")) == "QF-DRAW-KEY"
    sealed.key("家长甲").write_text("{}")
    assert sealed.refused("reveal", "--key", sealed.key("家长甲")) == "QF-DRAW-KEY"


@pytest.mark.parametrize("name", ["notice.json", "member-01.json", "circle.json", "deal-00.json", "anchor.json"])
def test_a_damaged_file_is_named_and_nothing_is_run(sealed: Table, name: str) -> None:
    sealed.told()
    file = sealed.folder / name
    whole = file.read_bytes()
    for content in (b"", b"[]", whole[:-1], whole + b"\n", whole.replace(b"0", b"1", 1), b"\xff", b"{}"):
        file.write_bytes(content)
        assert sealed.refused("run").startswith("QF-DRAW-")
    file.write_bytes(whole)
    sealed.do("run")


def test_what_is_put_into_the_folder_after_the_seal_belongs_to_no_draw(table: Table) -> None:
    table.dealt()
    late = (table.folder / "deal-02.json").read_bytes()
    (table.folder / "deal-02.json").unlink()
    table.do("seal")
    (table.folder / "deal-02.json").write_bytes(late)
    (table.folder / "member-03.json").write_bytes((table.folder / "member-00.json").read_bytes())
    for name in ("教育局", "家长甲"):
        table.do("reveal", "--key", table.key(name))
    table.do("run")
    assert verify(table.record.read_bytes(), table.anchor.read_bytes()).verdict == "random"


def test_a_public_number_is_entered_as_published(tmp_path: Path) -> None:
    number = {"source": "中国福利彩票双色球", "issue": "2026099", "expected": "2099-08-30"}
    table = Table(tmp_path, {**LIST, "number": number})
    table.freeze()
    table.join({"教育局": "organiser"})
    table.do("close", "--threshold", "1")
    table.do("deal", "--key", table.key("教育局"))
    table.do("seal")
    table.do("reveal", "--key", table.key("教育局"))
    assert table.refused("run") == "QF-DRAW-MISSING"
    assert run("draw", "number", table.folder, "3,x")[0] == 2
    table.do("number", "3,9,17,21,28,33", "11")
    assert table.refused("number", "1") == "QF-DRAW-STEP-TAKEN"
    table.do("run")
    assert json.loads(table.record.read_bytes())["number"] == {"values": [[3, 9, 17, 21, 28, 33], [11]]}
    assert verify(table.record.read_bytes(), table.anchor.read_bytes()).verdict == "random"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"pool": []}, "pool"),
        ({"pool": None}, "pool"),
        ({"titel": "x"}, "list.titel"),
        ({"method": {"kind": "lot"}}, "method.kind"),
    ],
)
def test_a_list_with_a_fault_is_not_frozen_and_the_place_is_named(
    tmp_path: Path, change: dict[str, Any], where: str
) -> None:
    table = Table(tmp_path, {**LIST, **change})
    code, said = run_json("draw", "freeze", table.list, "-o", table.folder)
    assert (code, said["code"]) == (1, "QF-DRAW-LIST")
    assert where in said["what"]
    assert not table.folder.exists()


def test_a_rehearsal_ends_with_its_own_status(tmp_path: Path) -> None:
    table = Table(tmp_path, {**LIST, "rehearsal": True})
    table.dealt()
    table.do("seal")
    table.told()
    table.do("run")
    code, said = run("draw", "verify", table.record, "--anchor", table.anchor, "--language", "en")
    assert code == 3
    assert "rehearsal" in said


def test_a_changed_record_is_rejected_and_a_slip_is_checked(sealed: Table) -> None:
    sealed.told()
    sealed.do("run")
    code, said = run_json("draw", "verify", sealed.record, "--slip", "E1", "00" * 16, "专家1")
    assert (code, said["slip"]) == (0, "public")
    assert run_json("draw", "verify", sealed.record, "--slip", "E9", "00" * 16, "专家1")[0] == 1
    changed = sealed.home / "changed.json"
    changed.write_bytes(sealed.record.read_bytes().replace("专家3".encode(), "专家9".encode()))
    code, said = run_json("draw", "verify", changed, "--anchor", sealed.anchor)
    assert (code, said["verdict"]) == (1, "rejected")
    assert said["faults"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_act_is_told_in_the_reader_s_language(table: Table, language: str) -> None:
    code, said = run("draw", "freeze", table.list, "-o", table.folder, "--language", language)
    digest = json.loads(run("draw", "freeze", table.list, "-o", table.home / "b", "--json")[1])["digest"]
    assert code == 0
    assert len(digest) == 64
    assert ("Post this digest at the door" in said) == (language == "en")


@pytest.mark.proves("P21", "D10")
def test_who_goes_instead_is_computed_from_the_record_alone() -> None:
    record, anchor = FOLDER / "match.record.json", FOLDER / "match.anchor.json"
    visits = ("absent:2:S000", "recused:2:S000")
    code, said = run_json("draw", "substitute", record, *visits, "--anchor", anchor)
    assert code == 0, said
    told = [(one["taker"], one["substitute"]) for one in said["changes"]]
    assert told == [("I10", "I11"), ("I11", "I04")]
    assert dict(said["rounds"][1])["S000"] == "I04"
    code, text = run("draw", "substitute", record, *visits, "--language", "zh-hans")
    assert (code, "由 I11 递补" in text) == (0, True)
    assert run("draw", "substitute", record)[0] == 0


def test_nobody_is_replaced_with_a_record_that_does_not_hold(tmp_path: Path) -> None:
    content = (FOLDER / "match.record.json").read_bytes()
    changed = tmp_path / "record.json"
    changed.write_bytes(content.replace(b'["S000","I10"]', b'["S000","I11"]', 1))
    assert changed.read_bytes() != content
    code, said = run_json("draw", "substitute", changed, "absent:2:S000")
    assert (code, said["code"]) == (1, "QF-DRAW-NO-RECORD")
    other = FOLDER / "share.record.json"
    assert run_json("draw", "substitute", other, "absent:1:S000")[1]["code"] == "QF-DRAW-LIST"
    whole = FOLDER / "match.record.json"
    assert run_json("draw", "substitute", whole, "absent:9:S000")[1]["code"] == "QF-DRAW-NO-VISIT"
    for odd in ("tired:1:S000", "absent:x:S000", "absent:1"):
        assert run("draw", "substitute", whole, odd)[0] == 2
