"""The steps of a route, its own or those of the route it is like, and the list it ends in."""

from __future__ import annotations

from qingfu.base.errors import NotFound
from qingfu.packfile.errors import Circular
from qingfu.packfile.words.moves import Route, Step, WhiteList
from qingfu.packfile.words.pack import Pack


def route_of(pack: Pack, name: str) -> tuple[str, Route]:
    """The id and the route of ``annual`` or ``routes.annual``; raises NotFound."""
    key = name.removeprefix("routes.")
    if key not in pack.routes:
        raise NotFound(what=name)
    return key, pack.routes[key]


def steps_of(pack: Pack, route: str | Route) -> tuple[Step, ...]:
    """All steps in order; raises Circular where routes are like each other in a circle."""
    held = route_of(pack, route)[1] if isinstance(route, str) else route
    seen: list[str] = []
    while held.like:
        key, held = route_of(pack, held.like)
        if key in seen:
            raise Circular(file="routes.yaml", key=f"routes.{key}.like", circle=(*seen, key))
        seen.append(key)
    return held.steps


def list_of(pack: Pack, route: str | Route) -> tuple[str, WhiteList] | None:
    """The list that the route's last entering step puts a case on; None where it enters none."""
    into = [step.into for step in steps_of(pack, route) if step.into]
    if not into:
        return None
    key = into[-1].removeprefix("lists.")
    return key, pack.lists[key]
