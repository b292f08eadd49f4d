"""Pictures: a photograph unpacked upright and small enough, with nothing of what its camera wrote into it."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps

from qingfu.base.errors import Bomb, KindNotTaken, NotReadable, TooBig
from qingfu.papers.content import MEGABYTE, cleaned

MOST_BYTES = 15 * MEGABYTE
MOST_PIXELS = 40_000_000
# Sides in pixels: longer ones cost memory and find no more signs, shorter ones hold none.
LONGEST_SIDE, SHORTEST_SIDE = 1_600, 200
KINDS = ("JPEG", "PNG", "WEBP")


def upright(content: bytes, *, name: str = "") -> Image.Image:
    """The picture in RGB as it was held, its long side at most LONGEST_SIDE.

    Raises TooBig, KindNotTaken, Bomb or NotReadable; what a picture is, is judged by its content.
    """
    name = cleaned(name)
    if len(content) > MOST_BYTES:
        raise TooBig(name=name, size=-(-len(content) // MEGABYTE), most=MOST_BYTES // MEGABYTE)
    if not _is_picture(content):
        raise KindNotTaken(name=name, kind="")
    try:
        with warnings.catch_warnings():
            # The size is judged below, before a single pixel is unpacked; damaged metadata is nothing we keep.
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=KINDS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Bomb(name=name)
                return _fitted(picture)
    except Image.DecompressionBombError:
        raise Bomb(name=name) from None
    except (OSError, ValueError, SyntaxError, KeyError, EOFError, MemoryError, TypeError, ZeroDivisionError):
        raise NotReadable(name=name) from None


def _is_picture(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (
        content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    )


def _fitted(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    turned = ImageOps.exif_transpose(picture)
    if turned.has_transparency_data:
        # What shows through is paper.
        see_through = turned.convert("RGBA")
        turned = Image.new("RGBA", see_through.size, "white")
        turned.alpha_composite(see_through)
    plain = turned.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if min(plain.size) < SHORTEST_SIDE:
        raise ValueError(plain.size)
    # Copied into a picture that never had metadata.
    fresh = Image.new("RGB", plain.size)
    fresh.paste(plain)
    return fresh
