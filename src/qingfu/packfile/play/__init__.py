"""Play: the pack's own situations, played on the pure meaning of its words, without a database."""

from __future__ import annotations

from qingfu.packfile.play.playing import Check, Happened, Played, play, play_all

__all__ = ["Check", "Happened", "Played", "play", "play_all"]
