"""Rosters: people from a sheet that an office brings, one in each row; every fault by its cell, nothing guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qingfu.base.errors import (
    CellsMerged,
    ColumnTwice,
    DataFault,
    FailedFormula,
    FiledEmpty,
    KeyEmpty,
    NoHeadings,
    NoKeyColumn,
    NoResult,
    StoodBefore,
)
from qingfu.base.words import N_, Said, say
from qingfu.papers.content import cleaned
from qingfu.papers.filings.books import sheets_of
from qingfu.papers.filings.cells import Cell, Sheet, address
from qingfu.papers.filings.numerals import plain
from qingfu.papers.sheets import Column

MOST_ROWS = 100_000
MOST_FAULTS = 60
WITHIN, LONGEST = 10, 60

HEADINGS = {"name": "姓名", "phone": "电话", "school": "学校", "grade": "年级"}
COLUMNS = (
    Column("name", "姓名", required=True, sample="（示例）周清和"),
    Column("phone", "电话", sample="13800000000", note="手机或座机；没有可不填，但不能回访"),
    Column("school", "学校", sample="青草坝小学", width=30),
    Column("grade", "年级", sample="三年级"),
)
# What offices call a column beside its own name.
ALSO = {
    "name": ("家长姓名", "家长", "学生家长", "监护人", "监护人姓名", "名字", "人员姓名"),
    "phone": ("联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "家长电话", "家长手机", "家长手机号"),
    "school": ("学校名称", "所在学校", "就读学校", "校名", "学生学校"),
    "grade": ("所在年级", "就读年级", "学生年级"),
}
_KNOWN = {alias: key for key, name in HEADINGS.items() for alias in (name, *ALSO[key])}
_ASIDE = re.compile(r"(\(示例\)|填表|填报|制表|审核|负责人|备注|说明|注:|合计|总计|小计|共计)")
_BRACKETS = re.compile(r"\([^)]*\)|\*")
# A mobile number cut short is no landline: those never begin with 1.
_PHONE = re.compile(r"1[3-9]\d{9}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,5})?|[48]00-?\d{3}-?\d{4}")
_SEVERAL = re.compile(r"[/、,;；，]")
NO_PHONE = N_("{count} rows have no telephone number; they can be drawn, but nobody can call them.")
SHARED_PHONE = N_("{count} telephone numbers stand in several rows, as of families with several children.")
PASSED_OVER = N_("Row {row} of sheet “{sheet}” (“{text}”) is a note or a total; it was passed over.")
OTHER_SHEET = N_("Sheet “{sheet}” holds no such table; it was passed over.")


@dataclass(frozen=True)
class Listed:
    """One person of a roster; what the sheet does not say is empty. `cell` is where the name stands."""

    name: str
    phone: str = ""
    school: str = ""
    grade: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Roster:
    """What was read: nobody as long as there are faults. `unsaid` faults more than those named."""

    people: tuple[Listed, ...] = ()
    faults: tuple[DataFault, ...] = ()
    notes: tuple[Said, ...] = ()
    columns: frozenset[str] = frozenset()
    unsaid: int = 0


def read_roster(content: bytes, file_name: str) -> Roster:
    """The people of an .xlsx or .csv, at most 100,000; never raises for what stands in it."""
    file = cleaned(file_name) or "—"
    try:
        sheets = sheets_of(content, file, most=MOST_ROWS + WITHIN)
    except DataFault as refused:
        return Roster(faults=(refused,))
    reading = _Reading(file)
    for sheet in sheets:
        if sheet.rows and not sheet.hidden:
            reading.take(sheet)
    return reading.outcome()


@dataclass(frozen=True)
class _Heads:
    """The row of the headings and where each column stands."""

    row: int
    places: Mapping[str, int]
    twice: tuple[int, ...]


def _heads(sheet: Sheet) -> _Heads | None:
    best: _Heads | None = None
    for row in range(1, min(WITHIN, sheet.last_row) + 1):
        places: dict[str, int] = {}
        twice = []
        for place, cell in sorted(sheet.rows.get(row, {}).items()):
            key = _KNOWN.get(_BRACKETS.sub("", plain(cell.text)))
            if key and key in places:
                twice.append(place)
            elif key:
                places[key] = place
        if len(places) > (len(best.places) if best else 0):
            best = _Heads(row, places, tuple(twice))
    return best


class _Reading:
    """The people read so far, what is wrong, what to mind."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.people: list[Listed] = []
        self.faults: list[DataFault] = []
        self.notes: list[Said] = []
        self.columns: set[str] = set()
        self.unsaid = 0
        self.stood: dict[tuple[str, ...], str] = {}
        self.read_one = False

    def wrong(self, fault: DataFault) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
        else:
            self.unsaid += 1

    def take(self, sheet: Sheet) -> None:
        """The people of one sheet."""
        heads = _heads(sheet)
        if heads is None or ("name" not in heads.places and len(heads.places) < 2):
            self.notes.append(say(OTHER_SHEET, sheet=sheet.title))
            return
        self.read_one = True
        if "name" not in heads.places:
            missing = NoKeyColumn(file=self.file, sheet=sheet.title, row=heads.row, column=HEADINGS["name"])
            self.wrong(missing)
            return
        for place in heads.twice:
            cell = address(heads.row, place)
            said = sheet.rows[heads.row][place].text
            self.wrong(ColumnTwice(file=self.file, sheet=sheet.title, cell=cell, row=heads.row, column=said))
        self._merged(sheet, heads)
        self.columns |= set(heads.places)
        for row in sorted(row for row in sheet.rows if row > heads.row):
            self._row(sheet, heads, row)

    def _merged(self, sheet: Sheet, heads: _Heads) -> None:
        places = set(heads.places.values())
        for area in sheet.merged:
            below = heads.row < area.bottom and area.top <= sheet.last_row
            if below and places & set(range(area.left, min(area.right, sheet.last_column) + 1)):
                first = sheet.at(area.top, area.left)
                if first is None or not _ASIDE.match(plain(first.text)):
                    cell = address(area.top, area.left)
                    self.wrong(
                        CellsMerged(file=self.file, sheet=sheet.title, cell=cell, row=area.top, value=area.shown)
                    )

    def _row(self, sheet: Sheet, heads: _Heads, row: int) -> None:
        cells = sheet.rows[row]
        said = {key: cells[place] for key, place in heads.places.items() if place in cells}
        if not said:
            return
        first = cells[min(cells)].text.strip()
        again = sum(_KNOWN.get(_BRACKETS.sub("", plain(cell.text))) == key for key, cell in said.items()) > 1
        if again or _ASIDE.match(plain(first)):
            self.notes.append(say(PASSED_OVER, row=row, sheet=sheet.title, text=first[:20]))
            return
        texts = {key: self._text(sheet, heads, row, key, said.get(key)) for key in heads.places}
        if any(text is None for text in texts.values()):
            return
        self._enter(sheet, heads, row, {key: str(text) for key, text in texts.items()})

    def _text(self, sheet: Sheet, heads: _Heads, row: int, key: str, cell: Cell | None) -> str | None:
        """What a cell says; None where it is a fault, which is then noted."""
        at = {"file": self.file, "sheet": sheet.title, "row": row, "cell": address(row, heads.places[key])}
        column = HEADINGS[key]
        if cell is None:
            if key == "phone":
                return ""
            self.wrong(KeyEmpty(**at, column=column))  # type: ignore[arg-type]  # the place is a place
            return None
        if cell.trouble:
            kind = NoResult if cell.trouble == "pending" else FailedFormula
            self.wrong(kind(**at, column=column, value=cell.text[:LONGEST]))  # type: ignore[arg-type]  # as above
            return None
        text = phone(cell.text) if key == "phone" else _named(cell.text)
        if text is None:
            self.wrong(DataFault(**at, column=column, value=cell.text[:LONGEST]))  # type: ignore[arg-type]
        return text

    def _enter(self, sheet: Sheet, heads: _Heads, row: int, texts: Mapping[str, str]) -> None:
        cell = address(row, heads.places["name"])
        here = f"{sheet.title} {cell}"
        identity = tuple(texts.get(key, "") for key in HEADINGS)
        before = self.stood.setdefault(identity, here)
        if before != here:
            self.wrong(
                StoodBefore(
                    file=self.file, sheet=sheet.title, row=row, cell=cell, other=before,
                    value=" · ".join(part for part in identity if part), columns=tuple(HEADINGS.values()),
                )
            )  # fmt: skip
            return
        self.people.append(Listed(**texts, cell=here))

    def outcome(self) -> Roster:
        """Everybody, or the faults."""
        if not self.read_one:
            self.wrong(NoHeadings(file=self.file, columns=tuple(HEADINGS.values())))
        elif not self.people and not self.faults:
            self.wrong(FiledEmpty(file=self.file))
        if self.faults:
            return Roster((), tuple(self.faults), tuple(self.notes), frozenset(self.columns), self.unsaid)
        return Roster(
            tuple(self.people), (), (*self.notes[:MOST_FAULTS], *_to_mind(self.people)), frozenset(self.columns)
        )


def _to_mind(people: Sequence[Listed]) -> Iterator[Said]:
    without = sum(not one.phone for one in people)
    if without:
        yield say(NO_PHONE, count=without)
    times: dict[str, int] = {}
    for one in people:
        if one.phone:
            times[one.phone] = times.get(one.phone, 0) + 1
    if shared := sum(count > 1 for count in times.values()):
        yield say(SHARED_PHONE, count=shared)


def _named(text: str) -> str | None:
    """A name in one line; None where it is too long or holds what nobody can read."""
    said = " ".join(unicodedata.normalize("NFC", text).split())
    odd = any(unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn") for sign in said)
    return said if said and len(said) <= LONGEST and not odd else None


def phone(text: str) -> str | None:
    """A telephone number in one form, several joined by 、; None where it is none."""
    flat = "".join(unicodedata.normalize("NFKC", text).split()).replace("(", "").replace(")", "-").replace("—", "-")
    found = []
    for part in _SEVERAL.split(flat.removeprefix("+86").removeprefix("-")):
        number = part.removeprefix("86") if len(part) == 13 and part.startswith("861") else part
        number = number.replace("-", "") if re.fullmatch(r"1[\d-]+", number) else number
        if not _PHONE.fullmatch(number):
            return None
        found.append(number)
    said = "、".join(found)
    return said if len(said) <= LONGEST else None
