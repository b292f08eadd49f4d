"""Apart: a photograph is read in a process of its own, so that its memory goes back and a hostile one dies alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from threading import Semaphore

from qingfu.base.errors import (
    Bomb,
    ExtraMissing,
    Hostile,
    KindNotTaken,
    NotReadable,
    PhotoUnclear,
    QingfuError,
    ReaderBusy,
    TooBig,
)
from qingfu.papers.photos.pictures import MOST_BYTES
from qingfu.papers.photos.reading import EXTRA, is_installed, read_photo
from qingfu.papers.photos.words import Words, words_from

LONGEST_SECONDS, LONGEST_WAIT = 90, 15
MOST_MEMORY = 4 * 1024**3
_KINDS: tuple[type[Hostile], ...] = (TooBig, KindNotTaken, Bomb, NotReadable)
# One at a time in each process of the desk: several would fill the memory of a small server.
_desk = Semaphore(1)


def read_apart(content: bytes, *, name: str = "") -> Words:
    """As ``read_photo``, in a process of its own; raises besides ReaderBusy, and PhotoUnclear where it died or hung."""
    if not is_installed():
        raise ExtraMissing(extra=EXTRA)
    if len(content) > MOST_BYTES:
        read_photo(content, name=name)
    if not _desk.acquire(timeout=LONGEST_WAIT):
        raise ReaderBusy
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", str(__package__), name],
            input=content, capture_output=True, timeout=LONGEST_SECONDS, check=False, env=_surroundings(),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise PhotoUnclear from None
    finally:
        _desk.release()
    return _told(done.stdout, name)


def _surroundings() -> dict[str, str]:
    """What a program needs to start, and none of the secrets of ours."""
    return {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH") if key in os.environ}


def _told(said: bytes, name: str) -> Words:
    """The words, or the error that the other side named."""
    try:
        answered = json.loads(said.decode().splitlines()[-1])
        code, rest = answered["code"], answered["rest"]
    except (ValueError, IndexError, KeyError, TypeError):
        raise PhotoUnclear from None
    if code == "":
        return words_from(rest)
    kind = next((one for one in _KINDS if one.code == code), None)
    raise kind(**{"name": name, **rest}) if kind else PhotoUnclear


def answer() -> int:
    """The other side: reads the picture from standard input, and writes one line of JSON."""
    _limited()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        said: dict[str, object] = {"code": "", "rest": read_photo(sys.stdin.buffer.read(), name=name).written()}
    except QingfuError as refused:
        said = {"code": refused.code, "rest": {key: str(value) for key, value in refused.facts.items()}}
    sys.stdout.write("\n" + json.dumps(said, ensure_ascii=True) + "\n")
    return 0


def _limited() -> None:
    """No more memory and time than a photograph needs; there is no such limit to set but on UNIX."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
