"""What forbids putting a plan in force, and what is imported faithfully but flagged.

The list is the end of the vocabulary's manual; each hurdle has its own code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qingfu.base.errors import OpenBlank, RefusedInForce
from qingfu.base.words import N_, Said, Word, say
from qingfu.packfile.blanks import open_blanks
from qingfu.packfile.errors import (
    DwellingVisit,
    ExposureBare,
    KeeperReported,
    LostText,
    NoLawfulBody,
    NotReadyForForce,
    NoYearlyBound,
    PenaltyOnTeachers,
    ProposalBare,
    WeakestByName,
)
from qingfu.packfile.words.asks import Measure, Proposal
from qingfu.packfile.words.pack import Pack

SAFEGUARDS = {
    "decision": N_("a decision"),
    "de-identification": N_("de-identification"),
    "legal-review": N_("legal review"),
}
ON_FAMILIES = N_("“{duty}” lays a duty on families.")
TIED = N_("“{link}” ties results to an assessment.")
OVERTAKEN = N_("A later rule overtakes or strains “{about}”: {says}")


def hurdles(pack: Pack) -> tuple[RefusedInForce, ...]:
    """Everything that stands in the way of putting this pack in force; empty when nothing does."""
    found = [*_blanks(pack), *_lost(pack), *_visits(pack), *_intakes(pack), *_measures(pack), *_proposals(pack),
             *_weakest(pack)]  # fmt: skip
    return tuple(found)


def refuse_unready(pack: Pack) -> None:
    """Raise NotReadyForForce while a hurdle remains."""
    found = hurdles(pack)
    if found:
        codes = tuple(dict.fromkeys(hurdle.code for hurdle in found))
        raise NotReadyForForce(count=len(found), hurdles=codes)


def _blanks(pack: Pack) -> Iterator[RefusedInForce]:
    for blank in open_blanks(pack):
        kind = blank.name.split(".")[0]
        yield OpenBlank(file=f"{kind}.yaml", key=blank.name, clause=blank.clause, blank=blank.asks)


def _lost(pack: Pack) -> Iterator[RefusedInForce]:
    for clause in pack.clauses:
        section = clause.of or clause.id
        if clause.runs_nothing == "missing-text" and not any(section in line for line in pack.plan.damaged):
            yield LostText(file="clauses.yaml", key=f"clauses.{clause.id}", clause=clause.id, lost=clause.id)


def _visits(pack: Pack) -> Iterator[RefusedInForce]:
    for key, visit in pack.visits.items():
        where: dict[str, Any] = {"file": "visits.yaml", "clause": "、".join(visit.clause), "visit": visit.says}
        if visit.place == "dwelling":
            yield DwellingVisit(key=f"visits.{key}.place", **where)
        if visit.place == "institution" and not visit.lawful_body:
            yield NoLawfulBody(key=f"visits.{key}.lawful-body", **where)
        if visit.place == "institution" and visit.at_most_a_year is None:
            yield NoYearlyBound(key=f"visits.{key}.at-most-a-year", **where)


def _intakes(pack: Pack) -> Iterator[RefusedInForce]:
    for key, intake in pack.intakes.items():
        keeper = pack.parties.get(intake.keeper)
        # Any school, department or township may be the one reported, and so may whoever a case concerns.
        if keeper and (keeper.any in ("school", "department", "township") or keeper.of_case):
            yield KeeperReported(
                file="intakes.yaml", key=f"intakes.{key}.keeper", clause="、".join(intake.clause),
                intake=intake.says, keeper=keeper.says,
            )  # fmt: skip


def _measures(pack: Pack) -> Iterator[RefusedInForce]:
    for key, measure in pack.measures.items():
        where: dict[str, Any] = {
            "file": "measures.yaml", "clause": "、".join(measure.clause), "measure": measure.says,
        }  # fmt: skip
        missing = tuple(Word(said) for need, said in SAFEGUARDS.items() if need not in measure.safeguards)
        if measure.exposes and (missing or measure.decides is None):
            yield ExposureBare(key=f"measures.{key}.safeguards", missing=missing, **where)
        if measure.regime == "行政处罚" and _at_teachers(pack, measure):
            yield PenaltyOnTeachers(key=f"measures.{key}.target", **where)


def _at_teachers(pack: Pack, measure: Measure) -> bool:
    scope = pack.scopes.get(measure.target)
    return measure.target in ("teacher", "teachers") or (scope is not None and scope.each == "teacher")


def _proposals(pack: Pack) -> Iterator[RefusedInForce]:
    for key, proposal in pack.proposals.items():
        missing = tuple(Word(said) for said in _bare(pack, proposal))
        if missing:
            yield ProposalBare(
                file="proposals.yaml", key=f"proposals.{key}", clause="、".join(proposal.clause),
                proposal=proposal.says, missing=missing,
            )  # fmt: skip


def _bare(pack: Pack, proposal: Proposal) -> Iterator[str]:
    measure = pack.measures.get(proposal.propose.removeprefix("measures."))
    if not (proposal.decides or (measure and measure.decides)):
        yield N_("a person who decides")
    if measure is None or measure.reply is None:
        yield N_("a reply of the other side")


def _weakest(pack: Pack) -> Iterator[RefusedInForce]:
    for key, monitor in pack.monitors.items():
        if monitor.picks == "weakest" and monitor.stores == "names":
            yield WeakestByName(
                file="monitors.yaml", key=f"monitors.{key}.stores", clause="、".join(monitor.clause), what=monitor.says
            )


@dataclass(frozen=True)
class Flag:
    """Something imported as the plan has it, which the desk shows beside it."""

    about: str
    said: Said


def flags(pack: Pack) -> tuple[Flag, ...]:
    """What later rules overtake or strain, duties laid on families, results tied to assessment."""
    families = {key for key, scope in pack.scopes.items() if scope.each == "parent"}
    found = [
        Flag(f"duties.{key}", say(ON_FAMILIES, duty=duty.says))
        for key, duty in pack.duties.items()
        if families & {*duty.who, duty.for_each, *duty.due_for}
    ]
    found += [Flag(f"links.{key}", say(TIED, link=link.says)) for key, link in pack.links.items()]
    found += [Flag(one.about, say(OVERTAKEN, about=one.about, says=one.says)) for one in pack.advisories]
    return tuple(found)
