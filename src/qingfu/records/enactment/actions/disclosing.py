"""What a plan makes public: itself, its progress, where to tell us, the schools' own pages, its lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotFound
from qingfu.packfile.words.moves import Disclosure
from qingfu.records.disclosures.actions import publish
from qingfu.records.disclosures.queries import DisclosureView, latest
from qingfu.records.duties.queries import counts as duty_counts
from qingfu.records.journal.actions import deed
from qingfu.records.lists.queries import public_rolls
from qingfu.records.people.queries import organs
from qingfu.records.plans.queries import InForce
from qingfu.records.problems.queries import public_counts


def disclose(
    actor: Actor, *, plan: InForce, key: str, client_id: UUID | None = None, at: datetime
) -> DisclosureView:  # fmt: skip
    """Publish one of the plan's disclosures as it stands now: a frozen copy that replaces the former one."""
    with deed(actor):
        ordered = plan.pack.disclosures.get(key)
        # What a room of its own publishes has no content here.
        if ordered is None or ordered.shows not in _CONTENT:
            raise NotFound(what=key)
        content = _CONTENT[ordered.shows](plan, ordered, at)
        return publish(
            actor, plan=plan, key=key, shows=ordered.shows, title=ordered.says, content=content, client_id=client_id,
            at=at,
        )  # fmt: skip


def show_list(actor: Actor, *, plan: InForce, name: str, but: str = "", at: datetime) -> None:
    """A list has changed: every copy of it that is shown is made anew, so that none admits what has left it.

    `but`: a disclosure that is made anew by itself.
    """
    with deed(actor):
        for key, ordered in plan.pack.disclosures.items():
            if key == but or ordered.shows != "list" or ordered.of not in (None, f"lists.{name}"):
                continue
            former = latest(actor, key=key, plan=plan)
            if former is not None and former.withdrawn_at is None:
                disclose(actor, plan=plan, key=key, at=at)


def refresh_progress(actor: Actor, *, plan: InForce, at: datetime) -> None:
    """Show the public today's progress, once a day and only if something moved."""
    with deed(actor):
        for key, ordered in plan.pack.disclosures.items():
            if ordered.shows != "progress":
                continue
            former = latest(actor, key=key, plan=plan)
            if former is None or former.withdrawn_at is not None or former.from_on >= day_of(at):
                continue
            fresh = _progress(plan, ordered, at)
            if {**former.content, "day": ""} != {**fresh, "day": ""}:
                disclose(actor, plan=plan, key=key, at=at)


def _plan(plan: InForce, ordered: Disclosure, at: datetime) -> dict[str, Any]:
    pack = plan.pack
    return {
        "title": plan.title,
        "issued": pack.plan.issued,
        "in_short": pack.plan.in_short,
        "clauses": [{"id": c.id, "heading": c.heading or "", "says": c.says} for c in pack.clauses],
        "phases": _phases(plan),
        "off_list_clause": next((held.off_list_clause for held in pack.lists.values()), ""),
    }


def _phases(plan: InForce) -> list[dict[str, Any]]:
    return [
        {
            "says": phase.says,
            "from": phase.from_.value if phase.from_ else "",
            "until": plan.moved[f"phases.{key}"].isoformat()
            if f"phases.{key}" in plan.moved
            else (phase.until if isinstance(phase.until, str) else phase.until.value),
            "clause": "、".join(phase.clause),
        }
        for key, phase in plan.pack.phases.items()
    ]


def _channels(plan: InForce, ordered: Disclosure, at: datetime) -> dict[str, Any]:
    return {
        "channels": [
            {
                "intake": intake.says,
                "kind": channel.kind,
                "at": channel.at.text or "",
                "clause": "、".join(intake.clause),
            }
            for intake in plan.pack.intakes.values()
            for channel in intake.channels
        ]
    }


def _schools(plan: InForce, ordered: Disclosure, at: datetime) -> dict[str, Any]:
    clock = Actor.clock(plan.bureau)
    return {
        "schools": [
            {"code": school.code, "name": school.name, "short_name": school.short_name, "stage": school.stage}
            for school in organs(clock, kinds=["school"])
        ]
    }


def _progress(plan: InForce, ordered: Disclosure, at: datetime) -> dict[str, Any]:
    clock = Actor.clock(plan.bureau)
    rows = duty_counts(clock, edition=plan.edition, at=at)
    return {
        "day": day_of(at).isoformat(),
        "phases": _phases(plan),
        "duties": [
            {
                "says": plan.pack.duties[row.duty].says, "clause": "、".join(plan.pack.duties[row.duty].clause),
                "done": row.done + row.waived, "total": row.total, "late": row.late,
                "next_due": row.next_due.isoformat() if row.next_due else "",
            }
            for row in rows
            if row.duty in plan.pack.duties and row.total > row.waiting and plan.pack.duties[row.duty].hand_in
        ],
        "problems": _totals(public_counts(clock, edition=plan.edition)),
        "lists": [
            {"says": roll["says"], "span": roll["span"], "taken": roll["taken"]}
            for roll in public_rolls(clock, plan=plan, at=at)
        ],
    }  # fmt: skip


def _totals(kinds: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    return {"found": sum(kind["total"] for kind in kinds), "struck_off": sum(kind["struck_off"] for kind in kinds)}


def _lists(plan: InForce, ordered: Disclosure, at: datetime) -> dict[str, Any]:
    clock = Actor.clock(plan.bureau)
    wanted = (ordered.of or "").removeprefix("lists.")
    return {"rolls": [roll for roll in public_rolls(clock, plan=plan, at=at) if roll["list"] == wanted or not wanted]}


def _other(plan: InForce, ordered: Disclosure, at: datetime) -> dict[str, Any]:
    return {"says": ordered.says, "clause": "、".join(ordered.clause)}


_CONTENT: dict[str, Callable[[InForce, Disclosure, datetime], dict[str, Any]]] = {
    "plan": _plan,
    "channels": _channels,
    "schools": _schools,
    "progress": _progress,
    "list": _lists,
    "report": _other,
    "other": _other,
}
