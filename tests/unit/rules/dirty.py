"""Files as they come from schools: what is wrong with each, and what must be said about it."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = "day,class,subject,minutes,written,parent-marked"
GOOD = f"{HEAD}\n2025-03-04,301,语文,40,true,false\n2025-03-04,301,数学,55,是,是\n"
CLASSES = "class,school,grade,place,pupils\n301,一小,P3,town,46\n302,一小,P3,town,40\n701,二中,J1,village,51\n"


@dataclass(frozen=True)
class Dirty:
    """A file, and where and as what its first fault is told: code, row, column, value, what to write instead."""

    name: str
    data: bytes
    code: str
    row: int = 0
    column: str = ""
    value: str | None = None
    instead: str | None = None


def _row(row: str, head: str = HEAD) -> bytes:
    return f"{head}\n2025-03-03,301,语文,1,true,false\n{row}\n".encode()


FILES = {
    "day with strokes": Dirty(
        "homework.csv", _row("2025/3/5,301,语文,40,true,"), "QF-DATA-DAY", 3, "day", "2025/3/5", "2025-03-05"
    ),
    "day in Chinese": Dirty(
        "homework.csv", _row("2025年3月5日,301,语文,40,true,"), "QF-DATA-DAY", 3, "day", "2025年3月5日", "2025-03-05"
    ),
    "day as a spreadsheet's number": Dirty(
        "homework.csv", _row("45721,301,语文,40,true,"), "QF-DATA-DAY", 3, "day", "45721", "2025-03-05"
    ),
    "no such day": Dirty("homework.csv", _row("2025-02-30,301,语文,4,,"), "QF-DATA-DAY", 3, "day", "2025-02-30"),
    "minutes below nought": Dirty(
        "homework.csv", _row("2025-03-05,301,语文,-40,true,"), "QF-DATA-NEGATIVE", 3, "minutes", "-40"
    ),
    "minutes with their unit": Dirty(
        "homework.csv", _row("2025-03-05,301,语文,40分钟,true,"), "QF-DATA-NUMBER", 3, "minutes", "40分钟", "40"
    ),
    "minutes in wide digits": Dirty(
        "homework.csv", _row("2025-03-05,301,语文,４０,true,"), "QF-DATA-NUMBER", 3, "minutes", "４０", "40"
    ),
    "more minutes than a day has": Dirty(
        "homework.csv", _row("2025-03-05,301,语文,1441,true,"), "QF-DATA-MOST", 3, "minutes", "1441"
    ),
    "what a formula left": Dirty(
        "homework.csv", _row("2025-03-05,#REF!,语文,40,true,"), "QF-DATA-FORMULA", 3, "class", "#REF!"
    ),
    "a formula": Dirty(
        "homework.csv", _row('2025-03-05,301,语文,"=SUM(A1,A2)",true,'), "QF-DATA-FORMULA", 3, "minutes", "=SUM(A1,A2)"
    ),
    "neither yes nor no": Dirty(
        "homework.csv", _row("2025-03-05,301,语文,40,ok,"), "QF-DATA-YES-NO", 3, "written", "ok"
    ),
    "no class": Dirty("homework.csv", _row("2025-03-05,,语文,40,true,"), "QF-DATA-KEY", 3, "class"),
    "the same twice": Dirty(
        "homework.csv", _row("2025-03-03,301,语文,9,true,"), "QF-DATA-DUPLICATE", 3, "", "2025-03-03 · 301 · 语文"
    ),
    "a row with a comma too many": Dirty("homework.csv", _row("2025-03-05,301,语,文,40,true,false"), "QF-DATA-ROW", 3),
    "an open quotation mark": Dirty("homework.csv", _row('2025-03-05,301,"语文,40,true,'), "QF-DATA-UNREADABLE", 3),
    "three rows of titles": Dirty(
        "homework.csv", f"光明小学\n作业公示,,\n2025年3月,,\n{HEAD}\n".encode(), "QF-DATA-HEADER", 1
    ),
    "no names at all": Dirty("homework.csv", b"1,2,3\n4,5,6\n", "QF-DATA-NO-HEADER", 1),
    "semicolons": Dirty("homework.csv", HEAD.replace(",", ";").encode(), "QF-DATA-UNREADABLE", 1),
    "a column twice": Dirty("homework.csv", f"{HEAD},科目\n".encode(), "QF-DATA-COLUMN-TWICE", 0, "科目"),
    "a column a limit needs": Dirty(
        "homework.csv", HEAD.replace(",minutes", "").encode(), "QF-DATA-COLUMN", 0, "minutes"
    ),
    "empty": Dirty("homework.csv", b"", "QF-DATA-EMPTY"),
    "nothing but a mark": Dirty("homework.csv", b"\xef\xbb\xbf\r\n", "QF-DATA-EMPTY"),
    "a renamed workbook": Dirty("homework.csv", b"PK\x03\x04" + bytes(60), "QF-DATA-CONTENT"),
    "a renamed old workbook": Dirty("homework.csv", b"\xd0\xcf\x11\xe0" + bytes(60), "QF-DATA-CONTENT"),
    "a web page": Dirty("homework.csv", b"<html><table>", "QF-DATA-CONTENT"),
    "a text called parquet": Dirty("homework.parquet", GOOD.encode(), "QF-DATA-CONTENT"),
    "a cut parquet": Dirty("homework.parquet", b"PAR1" + bytes(100), "QF-DATA-UNREADABLE"),
    "a workbook": Dirty("homework.xlsx", b"PK\x03\x04", "QF-DATA-KIND"),
    "two bytes a sign": Dirty("homework.csv", GOOD.encode("utf-16"), "QF-DATA-UNREADABLE"),
    "no encoding": Dirty("homework.csv", f"{HEAD}\n".encode() + b"\xff\xff\xff", "QF-DATA-UNREADABLE"),
    "a grade nobody knows": Dirty(
        "classes.csv", CLASSES.replace("P3", "十一", 1).encode(), "QF-DATA-WORD", 2, "grade", "十一", "S2"
    ),
    "a grade in words": Dirty(
        "classes.csv", CLASSES.replace("J1", "七年级").encode(), "QF-DATA-WORD", 4, "grade", "七年级", "J1"
    ),
}
