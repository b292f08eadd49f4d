"""Files nobody should be able to hand in, made on the spot."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import xlsxwriter
from PIL import Image

TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document xmlns:w='w'/>"}
    return zipped({**parts, **{name.replace("__", "/"): data for name, data in more.items()}})


def with_parts(office: bytes, more: dict[str, bytes]) -> bytes:
    """The same document with these parts added or put in the place of its own."""
    with zipfile.ZipFile(BytesIO(office)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    return zipped({**parts, **more})


def part_of(office: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(office)) as archive:
        return archive.read(name)


def picture(
    kind: str = "PNG", size: tuple[int, int] = (40, 30), *, mode: str = "RGB", exif: Image.Exif | None = None
) -> bytes:
    out = BytesIO()
    image = Image.new(mode, size, (200, 30, 30) if mode == "RGB" else (200, 30, 30, 90))
    if exif is None:
        image.save(out, kind)
    else:
        image.save(out, kind, exif=exif)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def workbook(rows: list[list[object]], *, merge: str = "", formula: tuple[str, str] | None = None) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        for n, cells in enumerate(rows):
            for place, cell in enumerate(cells):
                sheet.write(n, place, cell)
        if merge:
            sheet.merge_range(merge, "合并")
        if formula:
            sheet.write_formula(formula[0], formula[1])
    return out.getvalue()
