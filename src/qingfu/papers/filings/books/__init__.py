"""Books: a file from outside as sheets of cells, by what it holds; what is named .xlsx must be a workbook."""

from __future__ import annotations

from qingfu.base.errors import Bomb, FiledBroken, FiledHuge, FiledKind, Hostile, KindNotTaken
from qingfu.base.words import N_, Word
from qingfu.papers import archive
from qingfu.papers.content import MEGABYTE
from qingfu.papers.filings.books import csvs, xlsx
from qingfu.papers.filings.cells import Sheet

MOST_BYTES = 10 * MEGABYTE
DAMAGED, LOCKED = N_("it is damaged"), N_("it is locked by a password")
_PACKED, _WORD, _MACROS = N_("a packed file"), N_("a Word document"), N_("a workbook with macros")
# What a file begins with, whatever its name says.
_MAGIC = (
    (b"%PDF", N_("a PDF")),
    (b"PAR1", N_("a Parquet file")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"\x89PNG", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"RIFF", N_("a picture")),
    (b"\x1f\x8b", _PACKED),
    (b"Rar!", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"SQLite format 3", N_("a database")),
    (b"{\\rtf", _WORD),
    (b"<", N_("a web page with a workbook's name")),
)
_OLD, _OLD_SAYS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", N_("a workbook of the old kind (.xls or .et)")
_NAMED = N_("a file that is named .xlsx and is not an Excel workbook")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sheets_of(content: bytes, file_name: str, *, most: int = xlsx.MOST_ROWS) -> tuple[Sheet, ...]:
    """The sheets of an .xlsx, or the one of a .csv, hidden ones too; `most` filled rows in all.

    Raises FiledKind, FiledBroken, FiledHuge or FiledLong.
    """
    if len(content) > MOST_BYTES:
        raise FiledHuge(file=file_name, most=MOST_BYTES // MEGABYTE)
    if content.startswith(b"PK"):
        return xlsx.sheets_of(_opened(content, file_name), file_name, most=most)
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise FiledBroken(file=file_name, problem=Word(LOCKED))
        raise FiledKind(file=file_name, kind=Word(_OLD_SAYS))
    begins = content[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, says in _MAGIC:
        if begins.startswith(magic):
            raise FiledKind(file=file_name, kind=Word(says))
    if file_name.lower().endswith(".xlsx"):
        # Read as text it would only be told that its headings are missing.
        raise FiledKind(file=file_name, kind=Word(_NAMED))
    return (csvs.sheet_of(content, file_name, most=most),)


def _opened(content: bytes, file_name: str) -> archive.Office:
    try:
        office = archive.opened(file_name, content)
    except Bomb:
        raise FiledHuge(file=file_name, most=archive.MOST_UNPACKED // MEGABYTE) from None
    except KindNotTaken as refused:
        macros = refused.facts["kind"] == "macro"
        raise FiledKind(file=file_name, kind=Word(_MACROS if macros else _PACKED)) from None
    except Hostile:
        raise FiledBroken(file=file_name, problem=Word(DAMAGED)) from None
    if office.kind != "xlsx":
        raise FiledKind(file=file_name, kind=Word(_WORD))
    return office
