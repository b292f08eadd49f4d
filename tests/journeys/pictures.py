"""The screenshots of the documentation: small PNG files of a palette, drawn only when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

LARGEST = 250_000
COLOURS = (128, 64, 32)


@dataclass(frozen=True)
class Album:
    """Where pictures are kept; without a folder none is drawn."""

    folder: Path | None

    def draw(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Keep the page, from top to bottom or as far as the window shows it, under a name."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        drawn = page.screenshot(full_page=whole, animations="disabled", caret="hide")
        (self.folder / f"{name}.png").write_bytes(_small(drawn))


def _small(drawn: bytes) -> bytes:
    image = Image.open(BytesIO(drawn)).convert("RGB")
    for colours in COLOURS:
        kept = BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() <= LARGEST:
            return kept.getvalue()
    raise ValueError(f"a picture of {kept.tell()} bytes: show less of the page")
