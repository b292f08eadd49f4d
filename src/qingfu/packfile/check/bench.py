"""The bench a pack is checked on: it holds the pack and where everything stands, and collects what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qingfu.base.errors import PackError
from qingfu.packfile.faults import place_of
from qingfu.packfile.skeleton import Skeleton
from qingfu.packfile.words.pack import Pack
from qingfu.packfile.yamltext import Path, Place, Tree, clause_of, dotted


@dataclass
class Bench:
    """``faults`` make the pack wrong; ``notes`` are for its author to look at."""

    pack: Pack
    tree: dict[str, Tree]
    places: Mapping[Path, Place]
    skeleton: Skeleton | None
    faults: list[PackError] = field(default_factory=list)
    notes: list[PackError] = field(default_factory=list)

    def fault(self, kind: type[PackError], path: Path, **facts: object) -> None:
        """One fault at a tree path."""
        self.faults.append(self._made(kind, path, facts))

    def note(self, kind: type[PackError], path: Path, **facts: object) -> None:
        """One note at a tree path."""
        self.notes.append(self._made(kind, path, facts))

    def _made(self, kind: type[PackError], path: Path, facts: dict[str, object]) -> PackError:
        place = place_of(path, self.places)
        suggestion = facts.pop("suggestion", None)
        return kind(
            file=place.file,
            line=place.line,
            key=dotted(path),
            clause=clause_of(path, self.tree),
            suggestion=None if suggestion is None else str(suggestion),
            **facts,
        )
