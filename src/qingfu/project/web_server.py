"""The web server with the application loaded before its workers part, so that they share what none of them changes.

``python -m qingfu.project.web_server`` takes the words of ``granian``.
"""

from __future__ import annotations

import gc
from importlib import import_module

from granian.cli import entrypoint


def load() -> None:
    """Load settings, rooms and every page, and keep the collector from touching any of it."""
    for name in ("qingfu.project.wsgi", "qingfu.project.urls"):
        import_module(name)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    load()
    entrypoint()  # type: ignore[no-untyped-call]  # the server gives its entry no types
