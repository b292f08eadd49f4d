"""House rule 8, "not twice": every form carries a client id, and every verb that a face calls takes it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from tests.house.source import FACES, SOURCE, File, files

# What a face may call without a client id, and why nothing is done twice all the same.
WITHOUT = {
    "people.import_template": "gives an empty sheet; asks nothing of the register",
    "people.import_preview": "writes nothing",
    "people.change_password": "proved by the old password, which is then no longer the present one; no bureau's act",
    "people.choose_language": "the same choice again leaves the same; no bureau's act",
    "people.open_with_key": "says only that the key was used; the same day again changes nothing",
    "forms.save_draft": "nothing is said yet, and the last draft stands",
    "monitoring.draft_bound": "writes nothing: a limit with other numbers, to be tried",
    "journal.seal": "the clock's: a row that is sealed is not sealed again",
    "monitoring.judge_what_changed": "the clock's: judging again what has not changed changes nothing",
    "enactment.open_the_day": "the clock's: the same day again changes nothing",
}
# Forms that call no verb of the register: the door, the choice of a post, how the pages look, the clock of a demo.
NO_VERB = {
    "account/sign_in.html", "account/posts.html", "account/password.html", "parts/reading.html", "parts/demo.html",
    "desk.html", "errors/page.html",
}  # fmt: skip
FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)


@dataclass(frozen=True)
class Use:
    """A face names a verb: where, and the keywords it is called with (None where it is not called on the spot)."""

    face: str
    where: str
    verb: str
    takes: bool
    keywords: frozenset[str] | None


@cache
def uses() -> tuple[Use, ...]:
    """Every mention of a verb of the register in a face."""
    return tuple(use for face in FACES for file in files(f"src/qingfu/{face}") for use in _in_file(face, file))


def _in_file(face: str, file: File) -> Iterator[Use]:
    rooms, verbs = _imported(file)
    called = {id(node.func): node for node in ast.walk(file.tree) if isinstance(node, ast.Call)}
    for node in ast.walk(file.tree):
        place = None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in rooms:
            place = rooms[node.value.id], node.attr
        elif isinstance(node, ast.Name) and node.id in verbs:
            place = verbs[node.id]
        found = _function(*place) if place else None
        if place and found and isinstance(node, (ast.Attribute, ast.Name)):
            call = called.get(id(node))
            keywords = frozenset(str(keyword.arg) for keyword in call.keywords) if call else None
            verb = f"{place[0].split('.')[2]}.{place[1]}"
            takes = "client_id" in inspect.signature(found).parameters
            yield Use(face, f"{file.path}:{node.lineno}", verb, takes, keywords)


def _imported(file: File) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """What a file imports of actions: whole rooms by their local name, and single names."""
    rooms: dict[str, str] = {}
    verbs: dict[str, tuple[str, str]] = {}
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("qingfu.records."):
            continue
        for alias in node.names:
            known = alias.asname or alias.name
            if alias.name == "actions":
                rooms[known] = f"{node.module}.actions"
            elif ".actions" in f"{node.module}":
                verbs[known] = f"{node.module}", alias.name
    return rooms, verbs


def _function(module: str, name: str) -> Callable[..., object] | None:
    found = getattr(import_module(module), name, None)
    return found if inspect.isfunction(found) else None


def test_the_search_sees_the_verbs_that_faces_call() -> None:
    """Rooms imported whole, verbs imported alone, and from the command line."""
    seen = {(use.face, use.verb) for use in uses()}
    assert {("web", "people.invite"), ("web", "enactment.hand_in_by_link"), ("cli", "plans.adopt_pack")} <= seen
    assert len({verb for _face, verb in seen}) > 40


def test_every_verb_that_a_face_calls_takes_a_client_id() -> None:
    found = sorted({f"{use.verb} ({use.where})" for use in uses() if not use.takes and use.verb not in WITHOUT})
    assert found == [], "not twice: a repeat must return the first answer"


def test_every_page_hands_the_id_of_its_form_to_the_verb() -> None:
    pages = [use for use in uses() if use.face == "web" and use.takes]
    assert pages
    found = [f"{use.where} {use.verb}" for use in pages if use.keywords is None or "client_id" not in use.keywords]
    assert found == []


def test_what_is_let_off_is_called_and_takes_none() -> None:
    assert sorted({use.verb for use in uses() if not use.takes}) == sorted(WITHOUT)


def test_every_form_carries_a_client_id() -> None:
    forms = {
        file.relative_to(SOURCE / "web/templates").as_posix(): FORM.findall(file.read_text(encoding="utf-8"))
        for file in sorted((SOURCE / "web/templates").rglob("*.html"))
    }
    bare = {
        name for name, found in forms.items() for form in found if "form_head" not in form and "client_id" not in form
    }
    assert sum(map(len, forms.values())) > 20
    assert bare == NO_VERB
