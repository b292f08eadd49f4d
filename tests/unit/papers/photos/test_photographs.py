"""Photographs as they come: read by the optional part, and refused where they are none. Nothing is filed unasked."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from qingfu.base.errors import Bomb, ExtraMissing, KindNotTaken, NotReadable, TooBig
from qingfu.papers.content import MEGABYTE
from qingfu.papers.photos import reading
from qingfu.papers.photos.apart import read_apart
from qingfu.papers.photos.comparing import compare
from qingfu.papers.photos.pictures import LONGEST_SIDE, MOST_BYTES, upright
from tests.conftest import need
from tests.unit.papers import hostile
from tests.unit.papers.photos.paper import (
    DOOR,
    encoded,
    has_font,
    in_question,
    lessons,
    photographed,
    proposal,
    sheet,
    taken,
)

TAKEN: Mapping[str, Mapping[str, float]] = {
    "turned by two degrees": {"tilt": 2},
    "turned by four degrees the other way, out of focus": {"tilt": -4, "blur": 1.2},
    "from aside and grainy": {"keystone": 0.18, "tilt": 1, "noise": 18},
    "in the dark": {"light": 0.22, "noise": 10, "keystone": 0.08},
}


@pytest.fixture
def ocr() -> None:
    """The optional part is installed, and there is a font to print the timetable with."""
    need("ocr", present=reading.is_installed())
    need("fonts", present=has_font())


@pytest.mark.usefixtures("ocr")
def test_a_straight_photograph_is_read_to_the_last_subject_in_a_process_of_its_own() -> None:
    found = proposal(read_apart(photographed(sheet(DOOR)), name="门口.jpg"))
    assert found.read.is_clean
    assert taken(found) == lessons(DOOR)
    assert compare(found.grid, lessons(DOOR)) == ()


@pytest.mark.usefixtures("ocr")
@pytest.mark.parametrize("how", TAKEN)
def test_a_poor_photograph_is_read_or_asked_about_and_nothing_wrong_goes_unnamed(how: str) -> None:
    found = proposal(reading.read_photo(photographed(sheet(DOOR), **TAKEN[how])))  # type: ignore[arg-type]  # numbers by name
    right, said = lessons(DOOR), taken(found)
    named = in_question(found) | {(one.weekday, one.period) for one in compare(found.grid, right)}
    assert not {place for place in right if said.get(place) != right[place]} - named
    assert not {place for place in said if place not in right} - named
    assert sum(said.get(place) == text for place, text in right.items()) > 0.8 * len(right)


@pytest.mark.usefixtures("ocr")
def test_a_picture_without_a_word_has_no_words() -> None:
    assert reading.read_photo(encoded(Image.new("RGB", (800, 600), "white"))).words == ()


@pytest.mark.usefixtures("ocr")
def test_the_process_apart_names_what_is_wrong_with_a_picture() -> None:
    with pytest.raises(Bomb) as refused:
        read_apart(hostile.huge_png(30_000, 30_000), name="门.png")
    assert refused.value.facts["name"] == "门.png"


def test_without_the_optional_part_it_is_said_how_to_install_it() -> None:
    if reading.is_installed():
        assert ExtraMissing(extra=reading.EXTRA).text() == (
            "This needs the optional part “ocr”. Run this line: pip install 'qingfu[ocr]'"
        )
        return
    for read in (reading.read_photo, read_apart):
        with pytest.raises(ExtraMissing):
            read(encoded(Image.new("RGB", (800, 600))))


def test_every_model_lies_in_the_installed_part() -> None:
    need("ocr", present=reading.is_installed())
    from importlib.resources import files

    assert all(
        Path(str(files("rapidocr") / "models" / name)).stat().st_size > 10**6 for name in reading.MODELS.values()
    )


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", KindNotTaken),
        (b"not a picture", KindNotTaken),
        (b"GIF89a" + bytes(100), KindNotTaken),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", KindNotTaken),
        (b"%PDF-1.4\n%%EOF", KindNotTaken),
        (b"\xff\xd8\xff", NotReadable),
        (b"\x89PNG\r\n\x1a\n", NotReadable),
        (b"RIFF\0\0\0\0WEBP", NotReadable),
        (encoded(Image.new("RGB", (900, 900), "red"))[:-400], NotReadable),
        (encoded(Image.new("RGB", (900, 900), "red"), "PNG")[:200], NotReadable),
        (encoded(Image.new("RGB", (40, 40))), NotReadable),
        (hostile.huge_png(30_000, 30_000), Bomb),
        (hostile.huge_png(7_000, 7_000), Bomb),
        (b"\xff\xd8\xff" + bytes(MOST_BYTES), TooBig),
    ],
)
def test_what_is_no_photograph_is_refused_before_it_is_unpacked(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        upright(content, name="door.jpg")


def test_a_photograph_stands_upright_is_small_enough_and_has_lost_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "x" * 60_000
    exif.get_ifd(0x8825)[2] = (26.0, 38.0, 0.0)
    seen = upright(encoded(Image.new("RGB", (4_000, 2_000), "white"), exif=exif))
    assert seen.size == (LONGEST_SIDE // 2, LONGEST_SIDE)
    assert (dict(seen.getexif()), seen.info) == ({}, {})


def test_metadata_that_lies_breaks_nothing() -> None:
    plain = encoded(Image.new("RGB", (900, 900), "white"))
    lie = b"\xff\xe1" + (65_533).to_bytes(2, "big") + b"Exif\0\0MM\0*" + b"\xff" * 65_521
    assert upright(plain[:2] + lie * 20 + plain[2:]).size == (900, 900)
    assert len(plain) < MEGABYTE


def test_what_shows_through_is_paper() -> None:
    out = BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")
    assert upright(out.getvalue()).getpixel((5, 5)) == (255, 255, 255)
