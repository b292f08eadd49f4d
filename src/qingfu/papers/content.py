"""What a file is, by its content: a short list is taken, everything else is refused."""

from __future__ import annotations

import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from qingfu.base.errors import Bomb, KindNotTaken, NotReadable, OtherContent, TooBig
from qingfu.papers import archive

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_PIXELS = 80_000_000
LONGEST_SIDE = 2_560
LONGEST_NAME = 120

_OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_IMAGES = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
_IMAGE_ENDINGS = frozenset({"jpg", "jpeg", "png", "webp"})
# Names of a PDF that make it do something when it is opened.
_PDF_ACTS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")


@dataclass(frozen=True)
class Content:
    """A file that is taken: its cleaned name, its type by content, the bytes to keep, and their sha256."""

    name: str
    media_type: str
    data: bytes
    sha256: str

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


def recognised(name: str, data: bytes, *, most: int = MOST_BYTES) -> Content:
    """The file that `data` is: PDF, JPEG, PNG, WebP, docx or xlsx. Images come back re-encoded, without metadata.

    `most` is in bytes. Raises TooBig, KindNotTaken, OtherContent, Bomb or NotReadable.
    """
    name = cleaned(name)
    if len(data) > most:
        raise TooBig(name=name, size=-(-len(data) // MEGABYTE), most=most // MEGABYTE)
    if data.startswith(b"%PDF-"):
        return _kept(name, "pdf", "application/pdf", _pdf(name, data))
    if data.startswith(b"PK\x03\x04"):
        kind = archive.opened(name, data).kind
        return _kept(name, kind, _OFFICE[kind], data)
    if _looks_like_image(data):
        ending, media_type, pixels = _image(name, data)
        return _kept(name, ending, media_type, pixels)
    if _ending(name) in _OFFICE:
        raise OtherContent(name=name)
    raise KindNotTaken(name=name, kind=_ending(name))


def cleaned(name: str) -> str:
    """A file name that is safe to show and to offer: no folders, no control or direction marks, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    last = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '<>:"|?*').strip(" .")
    if len(last) > LONGEST_NAME:
        path = PurePosixPath(last)
        ending = path.suffix[:10]
        last = path.stem[: LONGEST_NAME - len(ending)] + ending
    return last or "file"


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _kept(name: str, ending: str, media_type: str, data: bytes) -> Content:
    """An image may carry another image's ending and is renamed; any other mismatch is a lie."""
    said = _ending(name)
    if media_type.startswith("image/"):
        if said not in _IMAGE_ENDINGS:
            raise OtherContent(name=name)
        if said != ending and not (said == "jpeg" and ending == "jpg"):
            name = f"{PurePosixPath(name).stem}.{ending}"
    elif said != ending:
        raise OtherContent(name=name)
    return Content(name, media_type, data, sha256(data).hexdigest())


def _pdf(name: str, data: bytes) -> bytes:
    """A PDF and nothing but one: a second format behind its end, or before it, is refused."""
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise NotReadable(name=name)
    if data[end + 5 :].strip(b"\r\n\t \0") or zipfile.is_zipfile(BytesIO(data)):
        raise OtherContent(name=name)
    if any(word in data for word in _PDF_ACTS):
        raise KindNotTaken(name=name, kind="pdf")
    return data


def _looks_like_image(data: bytes) -> bool:
    return data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _image(name: str, data: bytes) -> tuple[str, str, bytes]:
    """The picture encoded afresh: whatever hid in its metadata or behind its end is gone."""
    try:
        with warnings.catch_warnings():
            # The size is judged below, before a single pixel is unpacked.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=tuple(_IMAGES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Bomb(name=name)
                kind = picture.format or ""
                return *_IMAGES[kind], _encoded(picture, kind)
    except Image.DecompressionBombError:
        raise Bomb(name=name) from None
    except (OSError, ValueError, SyntaxError, KeyError, EOFError, MemoryError):
        raise NotReadable(name=name) from None


def _encoded(picture: Image.Image, kind: str) -> bytes:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    see_through = kind != "JPEG" and (upright.has_transparency_data or "A" in upright.getbands())
    plain = upright.convert("RGBA" if see_through else "RGB")
    # Copied pixel by pixel into a picture that never had metadata.
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = BytesIO()
    if kind == "PNG":
        fresh.save(out, "PNG", optimize=True)
    else:
        fresh.save(out, kind, quality=85)
    return out.getvalue()
