"""The commands on limits: what they print, in both forms; 1 = findings, 2 = faults."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tests.unit.offline import run, run_json
from tests.unit.packfile import tiny
from tests.unit.rules import dirty

LIMITS = """\
    limits:
      time:
        clause: "第五条"
        says: "书面作业"
        reads: homework
        where: {written: true}
        per: [class, day]
        measure: {sum: minutes}
        at-most: {P3-6: 60, J: 90, S: {blank: "高中多少分钟", unit: minute}}
        unit: minute
        expects: sample
      parents:
        clause: "第五条"
        says: "家长批改"
        reads: homework
        per: [class, day]
        never: {parent-marked: true}
      size:
        clause: "第五条"
        says: "班额"
        reads: classes
        per: [class]
        measure: {most: pupils}
        at-most: {blank: "多少人", unit: person}
        unit: person
      ranked:
        clause: "第五条"
        says: "排名"
        reads: exams
        per: [class, term]
        never: {ranked: true}
    """


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return tiny.write(tmp_path / "pack", also={"limits.yaml": LIMITS})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "homework.csv").write_text(dirty.GOOD, encoding="utf-8")
    (folder / "classes.csv").write_text(dirty.CLASSES, encoding="utf-8")
    (folder / "sample.csv").write_text("class,day\n301,2025-03-04\n302,2025-03-04\n", encoding="utf-8")
    return folder


def test_check_tells_each_limit_and_ends_with_1(pack: Path, data: Path) -> None:
    code, said = run_json("limits", "check", pack, "--data", data)
    assert code == 1
    assert [(one["limit"], one["state"], one["violating"], one["not_reported"]) for one in said["limits"]] == [
        ("time", "violated", 1, 1),
        ("parents", "violated", 1, 0),
        ("ranked", "no-file", 0, 0),
    ]
    assert said["limits"][0]["examples"][0] == {
        "finding": "time:class=301,day=2025-03-04", "verdict": "violating", "value": 95, "bound": 60, "counted": 2,
        "missing": 0, "says": said["limits"][0]["examples"][0]["says"],
    }  # fmt: skip
    assert said["limits"][2]["lacks"] == ["exams"]
    assert said["awaits"] == [{"limit": "time", "asks": ["高中多少分钟"]}, {"limit": "size", "asks": ["多少人"]}]
    assert said["files"]["homework"] == {"file": "homework.csv", "rows": 2}


def test_check_speaks_chinese_by_choice_and_english_too(pack: Path, data: Path) -> None:
    code, text = run("limits", "check", pack, "--data", data, "--language", "zh-hans", "--engine", "duckdb")
    assert code == 1
    assert "作业：每班每天，书面的作业，用时合计，三至六年级不超过60分钟，初中不超过90分钟" in text
    assert "time:class=301,day=2025-03-04  95分钟，规则：不超过60分钟" in text
    assert "未报：没有考试的文件" in text
    assert "等主管单位确定数字：多少人" in text
    assert "at most 60 minutes" in run("limits", "check", pack, "--data", data, "--language", "en")[1]


def test_check_ends_with_0_only_where_nothing_violates_and_all_is_reported(pack: Path, data: Path) -> None:
    good = dirty.GOOD.replace("55", "20").replace("是,是", "是,否") + "2025-03-04,302,语文,0,true,false\n"
    (data / "homework.csv").write_text(good, encoding="utf-8")
    assert run_json("limits", "check", pack, "--data", data)[0] == 1
    (data / "exams.csv").write_text("class,term,day,subject,ranked\n", encoding="utf-8")
    code, said = run_json("limits", "check", pack, "--data", data)
    assert (code, {one["state"] for one in said["limits"]}) == (0, {"kept"})
    (data / "sample.csv").unlink()
    code, said = run_json("limits", "check", pack, "--data", data)
    assert (code, said["limits"][0]["state"], said["limits"][0]["lacks"]) == (1, "not-reported", ["sample"])


def test_a_faulty_file_ends_with_2_and_nothing_is_judged(pack: Path, data: Path) -> None:
    (data / "homework.csv").write_text(dirty.GOOD.replace("2025-03-04", "2025/3/4"), encoding="utf-8")
    code, said = run_json("limits", "check", pack, "--data", data)
    assert (code, said["code"], said["total"]) == (2, "QF-DATA-FAULTY", 2)
    assert "limits" not in said
    fault = said["faults"][0]
    assert (fault["file"], fault["row"], fault["column"], fault["value"], fault["instead"]) == (
        "homework.csv", 2, "day", "2025/3/4", "2025-03-04"
    )  # fmt: skip
    assert run_json("limits", "explain", "parents:class=301,day=2025-03-04", pack, "--data", data)[0] == 2


def test_the_list_of_faults_is_cut_and_says_how_many_more(pack: Path, data: Path) -> None:
    rows = "".join(f"2025-03-{1 + n % 31:02},{n},语文,-1,ok,ok\n" for n in range(500))
    classes = "".join(f"{n},一小,十一,nowhere,-1\n" for n in range(500))
    (data / "homework.csv").write_text(f"{dirty.HEAD}\n{rows}", encoding="utf-8")
    (data / "classes.csv").write_text(f"class,school,grade,place,pupils\n{classes}", encoding="utf-8")
    code, said = run_json("limits", "check", pack, "--data", data)
    assert (code, said["total"], len(said["faults"])) == (2, 3000, 100)
    assert "……还有500处" in run("limits", "check", pack, "--data", data, "--language", "zh-hans")[1]


def test_a_faulty_pack_ends_with_2(tmp_path: Path, data: Path) -> None:
    broken = tiny.write(tmp_path / "b", also={"limits.yaml": LIMITS.replace("sum: minutes", "sum: minute")})
    code, said = run_json("limits", "check", broken, "--data", data)
    assert (code, said["faults"][0]["suggestion"]) == (2, "minutes")
    assert run_json("limits", "check", tiny.write(tmp_path / "none"), "--data", data)[0] == 2


def test_the_workbook_holds_a_summary_and_the_findings_and_calculates_nothing(
    pack: Path, data: Path, tmp_path: Path
) -> None:
    (data / "homework.csv").write_text(dirty.GOOD.replace("301", "@301"), encoding="utf-8")
    (data / "classes.csv").write_text(dirty.CLASSES.replace("301", "@301"), encoding="utf-8")
    (data / "sample.csv").write_text("class,day\n", encoding="utf-8")
    file = tmp_path / "result.xlsx"
    assert run_json("limits", "check", pack, "--data", data, "--xlsx", file)[0] == 1
    with CalamineWorkbook.from_filelike(BytesIO(file.read_bytes())) as book:
        summary, findings = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[0] for row in summary[1:]] == ["time", "parents", "ranked", "time", "size"]
    assert [row[0] for row in findings[1:]] == [
        "time:class=@301,day=2025-03-04", "parents:class=@301,day=2025-03-04"
    ]  # fmt: skip
    assert not any(str(cell).startswith(("=", "+", "-", "@")) for row in (*summary, *findings) for cell in row)


def test_explain_shows_the_rows_and_what_would_make_it_right(pack: Path, data: Path) -> None:
    code, said = run_json(
        "limits", "explain", "time:class=301,day=2025-03-04", pack, "--data", data, "--language", "zh-hans"
    )
    assert (code, said["verdict"], said["value"], said["bound"]) == (1, "violating", 95, 60)
    assert said["remedy"] == "减少35分钟。"
    assert [(row["subject"], row["minutes"], row["counted"]) for row in said["rows"]] == [
        ("数学", 55, "yes"),
        ("语文", 40, "yes"),
    ]
    code, text = run(
        "limits", "explain", "time:class=302,day=2025-03-04", pack, "--data", data, "--language", "zh-hans"
    )
    assert code == 1
    assert "结论：未报。没有报，规则：不超过60分钟" in text
    assert "请补报它的“作业”。" in text


def test_explain_says_what_is_missing_and_what_complies(pack: Path, data: Path) -> None:
    rows = "2025-03-04,302,语文,,true,\n2025-03-04,302,数学,9,,\n2025-03-04,701,语文,9,true,false\n"
    (data / "homework.csv").write_text(dirty.GOOD + rows, encoding="utf-8")
    code, said = run_json("limits", "explain", "time:class=302,day=2025-03-04", pack, "--data", data)
    assert (code, said["verdict"], said["missing"]) == (1, "not_reported", 2)
    assert [row["counted"] for row in said["rows"]] == ["unknown", "empty"]
    code, said = run_json("limits", "explain", "time:class=701,day=2025-03-04", pack, "--data", data)
    assert (code, said["verdict"]) == (0, "compliant")


@pytest.mark.parametrize(
    "finding", ["tim:class=1", "time:class=301", "time:class=5,day=2025-03-04", "time:class=5,day=x"]
)
def test_a_finding_that_nothing_bears_ends_with_2(finding: str, pack: Path, data: Path) -> None:
    code, said = run_json("limits", "explain", finding, pack, "--data", data)
    assert (code, said["code"]) == (2, "QF-FINDING")
