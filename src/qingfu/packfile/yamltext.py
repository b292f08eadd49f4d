"""One YAML 1.2 file as plain maps, lists and texts, every node with its line; no tags, anchors or nulls.

Every scalar is read as text: only the vocabulary's types decide that ``2024-07`` is a month and ``no`` a word.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from qingfu.base.errors import BadYaml, DuplicateKey, NullValue, PackError
from qingfu.base.words import N_, Word
from qingfu.packfile.errors import TooMuch

Tree = str | list["Tree"] | dict[str, "Tree"]
Path = tuple[str | int, ...]

MOST_BYTES = 1_000_000
MOST_DEPTH = 24
MOST_NODES = 60_000

# What the parser says → what a clerk can act on. The first that fits wins.
_PLAINER = (
    ("mapping values are not allowed", N_("a colon stands inside unquoted prose")),
    ("could not find expected ':'", N_("a key without its colon, or prose that is not quoted")),
    ("found character '\\t'", N_("a tab stands where only spaces may")),
    ("found a tab", N_("a tab stands where only spaces may")),
    ("cannot start any token", N_("a character stands here that must be quoted")),
    ("expected <block end>", N_("the indentation does not fit the lines above")),
    ("did not find expected", N_("the indentation does not fit the lines above")),
    ("while scanning a quoted scalar", N_("a quotation mark is not closed")),
    ("unexpected end of stream", N_("a quotation mark is not closed")),
    ("expected ',' or", N_("a bracket is not closed, or a comma is missing")),
    ("special characters are not allowed", N_("a control character stands in the text")),
    ("duplicate anchor", N_("anchors and aliases (& and *) are not taken in a pack")),
    ("undefined alias", N_("anchors and aliases (& and *) are not taken in a pack")),
)


@dataclass(frozen=True)
class Place:
    """Where a node stands: the file, and its line counted from 1 (0 = the whole file)."""

    file: str
    line: int = 0


@dataclass(frozen=True)
class Parsed:
    """A file read: its tree (None when it could not be read), the place of each path, the faults found."""

    tree: Tree | None
    places: dict[Path, Place]
    faults: tuple[PackError, ...]


@dataclass
class _Open:
    """A map or list whose end has not come yet."""

    node: dict[str, Tree] | list[Tree]
    path: Path
    key: str | None = None
    skips: bool = False


@dataclass
class _Builder:
    file: str
    tree: Tree | None = None
    places: dict[Path, Place] = field(default_factory=dict)
    found: list[tuple[type[PackError], Path, int]] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    nodes: int = 0

    def feed(self, event: Any) -> None:
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._document(event, line)
        elif isinstance(event, AliasEvent):
            raise self._bad(line, N_("anchors and aliases (& and *) are not taken in a pack"))
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.stack.pop()
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent, ScalarEvent)):
            self._plain(event, line)
            self._node(event, line)

    def _document(self, event: DocumentStartEvent, line: int) -> None:
        if event.version not in (None, (1, 2)) or event.tags:
            raise self._bad(line, N_("only YAML 1.2 without tag directives is taken"))
        if self.tree is not None:
            raise self._bad(line, N_("a file holds one document, and a second begins here"))

    def _plain(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise self._bad(line, N_("anchors and aliases (& and *) are not taken in a pack"))
        if event.tag is not None:
            raise self._bad(line, N_("tags (!) are not taken in a pack"))
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise TooMuch(file=self.file, line=line, what=Word(N_("entries")), most=MOST_NODES)
        if len(self.stack) >= MOST_DEPTH:
            raise TooMuch(file=self.file, line=line, what=Word(N_("levels of indentation")), most=MOST_DEPTH)

    def _node(self, event: Any, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.node, dict) and top.key is None:
            self._key(top, event, line)
            return
        value: Tree = event.value if isinstance(event, ScalarEvent) else {}
        if isinstance(event, SequenceStartEvent):
            value = []
        path = self._hang(top, value, event, line)
        if isinstance(value, (dict, list)):
            self.stack.append(_Open(value, path))

    def _key(self, top: _Open, event: Any, line: int) -> None:
        if not isinstance(event, ScalarEvent):
            raise self._bad(line, N_("a key is a word, not a map or a list"))
        top.key, path = event.value, (*top.path, event.value)
        top.skips = isinstance(top.node, dict) and event.value in top.node
        if top.skips:
            self.found.append((DuplicateKey, path, line))
        else:
            self.places[path] = Place(self.file, line)

    def _hang(self, top: _Open | None, value: Tree, event: Any, line: int) -> Path:
        path: Path = ()
        if top is None:
            self.tree = value
        elif isinstance(top.node, list):
            path = (*top.path, len(top.node))
            top.node.append(value)
        else:
            path = (*top.path, top.key or "")
            if not top.skips:
                top.node[top.key or ""] = value
            top.key = None
        self.places.setdefault(path, Place(self.file, line))
        if isinstance(event, ScalarEvent) and not event.style and event.value in ("", "~", "null", "Null", "NULL"):
            self.found.append((NullValue, path, self.places[path].line))
        return path

    @property
    def faults(self) -> tuple[PackError, ...]:
        """What was found wrong on the way, with the clause where the tree tells it."""
        return tuple(
            kind(file=self.file, line=line, key=dotted(path), clause=clause_of(path, self.tree or {}))
            for kind, path, line in self.found
        )

    def _bad(self, line: int, problem: str) -> BadYaml:
        return BadYaml(file=self.file, line=line, problem=Word(problem))


def dotted(path: Path) -> str:
    """A path as it is printed: ``lists.whitelist.caps.0.at-most``."""
    return ".".join(str(part) for part in path)


def clause_of(path: Path, tree: Tree) -> str | None:
    """The clause of the innermost object on the path; a clause itself is its own."""
    found: str | None = None
    node: Tree = tree
    for part in (*path, None):
        if isinstance(node, dict):
            said = node.get("clause", node.get("id") if path[:1] == ("clauses",) else None)
            named = [one for one in said if isinstance(one, str)] if isinstance(said, list) else said
            found = "、".join(named) if isinstance(named, list) else named if isinstance(named, str) else found
        if part is None:
            break
        inside = isinstance(node, dict) and part in node
        listed = isinstance(node, list) and isinstance(part, int) and part < len(node)
        if not (inside or listed):
            break
        node = node[part]  # type: ignore[index]  # just shown to be there
    return found


def parse(data: bytes, file: str) -> Parsed:
    """Read one file; ``file`` is its name inside the pack, as faults print it."""
    if len(data) > MOST_BYTES:
        return Parsed(None, {}, (TooMuch(file=file, what=Word(N_("bytes")), most=MOST_BYTES),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Parsed(None, {}, (BadYaml(file=file, line=line, problem=Word(N_("the file is not UTF-8"))),))
    builder = _Builder(file)
    try:
        with warnings.catch_warnings():
            # An unknown %YAML directive is our fault to report, not the parser's warning to print.
            warnings.simplefilter("ignore")
            for event in YAML(typ="safe", pure=True).parse(text):
                builder.feed(event)
    except PackError as fault:
        return Parsed(None, builder.places, (*builder.faults, fault))
    except (YAMLError, ValueError, OverflowError) as error:
        return Parsed(None, builder.places, (*builder.faults, _unreadable(error, file)))
    return Parsed(builder.tree, builder.places, builder.faults)


def _unreadable(error: Exception, file: str) -> BadYaml:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    said = " ".join(str(error).split())
    plainer = next((msgid for sign, msgid in _PLAINER if sign in said), None)
    problem = Word(plainer) if plainer else str(getattr(error, "problem", None) or said)
    return BadYaml(file=file, line=mark.line + 1 if mark else 0, problem=problem)
