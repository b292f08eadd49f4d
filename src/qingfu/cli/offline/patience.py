"""Patience: what is being done, on standard error, once somebody at a terminal has waited."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer

from rich.console import Console
from rich.live import Live
from rich.spinner import Spinner

SECONDS = 2


class Patience:
    """What is being done now."""

    def __init__(self) -> None:
        self.shown = Spinner("dots")

    def tell(self, text: str) -> None:
        """Another thing is being done."""
        self.shown.text = text


@contextmanager
def waiting() -> Iterator[Patience]:
    """A line that appears after two seconds and goes when the work is done; where nobody watches it never does."""
    patience, console = Patience(), Console(stderr=True, highlight=False)
    line = Live(console=console, transient=True, get_renderable=lambda: patience.shown)
    timer = Timer(SECONDS, line.start)
    timer.daemon = True
    if console.is_terminal:
        timer.start()
    try:
        yield patience
    finally:
        timer.cancel()
        line.stop()
