"""Reading: the words on a photograph, by models that lie in the installed part itself; no network is asked."""

from __future__ import annotations

from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from qingfu.base.errors import ExtraMissing
from qingfu.papers.photos.pictures import upright
from qingfu.papers.photos.words import LONGEST_WORD, MOST_WORDS, Box, Word, Words

EXTRA = "ocr"
MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
THREADS = 2
# Less sure than this the engine says nothing; what is said is asked about far above it.
LEAST_SURE = 0.3


def is_installed() -> bool:
    """Whether photographs can be read here."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read_photo(content: bytes, *, name: str = "") -> Words:
    """Every word on a JPEG, PNG or WebP of at most 15 MB and 40 megapixels.

    It takes some 0.7 GB and seconds: faces call ``apart.read_apart``. Raises ExtraMissing where the extra is not
    installed, and TooBig, KindNotTaken, Bomb or NotReadable.
    """
    picture = upright(content, name=name)
    if not is_installed():
        raise ExtraMissing(extra=EXTRA)
    import numpy as np

    # The engine takes colours in the order of OpenCV.
    found = _engine()(np.asarray(picture)[:, :, ::-1])
    if found.boxes is None or not found.txts:
        return Words()
    read = zip(found.boxes, found.txts, found.scores or (), strict=True)
    words = [Word(text.strip()[:LONGEST_WORD], _box(box), float(sure)) for box, text, sure in read if text.strip()]
    return Words(tuple(words[:MOST_WORDS]))


def _box(corners: Any) -> Box:
    first, second, third, fourth = ((float(x), float(y)) for x, y in corners)
    return first, second, third, fourth


def _engine() -> Any:
    """RapidOCR on the models of its own wheel; a path given is a path never downloaded to."""
    from rapidocr import RapidOCR

    models = files("rapidocr") / "models"
    settings: dict[str, object] = {f"{part}.model_path": str(models / file) for part, file in MODELS.items()}
    return RapidOCR(
        params={
            **settings,
            "Global.log_level": "critical",
            # The model that turns lines upside down takes short words for upside down far oftener than they are.
            "Global.use_cls": False,
            "Global.text_score": LEAST_SURE,
            "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
        }
    )
