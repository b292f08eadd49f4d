"""Parties: none that can never be seated, members once, no circle of seats."""

from __future__ import annotations

from qingfu.base.errors import DuplicateKey
from qingfu.base.words import N_, Word
from qingfu.packfile.check.bench import Bench
from qingfu.packfile.errors import CannotBeSeated, Circular, Contradiction
from qingfu.packfile.words.plan import Party


def check_parties(bench: Bench) -> None:
    """All checks of parties."""
    for key, party in bench.pack.parties.items():
        _seat(bench, key, party)
        _members(bench, key, party)
    _issuer(bench)


def _seat(bench: Bench, key: str, party: Party) -> None:
    path = ("parties", key, "seated-in")
    circle, held = [key], party
    while held.seated_in and held.seated_in in bench.pack.parties:
        if held.seated_in in circle:
            bench.fault(Circular, path, circle=(*circle, held.seated_in))
            return
        circle.append(held.seated_in)
        held = bench.pack.parties[held.seated_in]
    if len(circle) > 1 and held.organ is None:
        problem = Word(N_("it is seated in a party that is not one organ"))
        bench.fault(CannotBeSeated, path, party=party.says, problem=problem)
    if party.seated_in and party.organ is None:
        problem = Word(N_("only an organ is seated inside another"))
        bench.fault(CannotBeSeated, path, party=party.says, problem=problem)


def _members(bench: Bench, key: str, party: Party) -> None:
    ids = [member.id for member in party.members]
    for index, member in enumerate(party.members):
        if member.id in ids[:index]:
            bench.fault(DuplicateKey, ("parties", key, "members", index, "id"))
        if member.kind and party.kinds and member.kind not in party.kinds:
            problem = Word(N_("a member is of a kind that the committee does not name"))
            bench.fault(Contradiction, ("parties", key, "members", index, "kind"), problem=problem)
    if party.members and party.organ is None:
        problem = Word(N_("members sit in one organ; this party is many"))
        bench.fault(CannotBeSeated, ("parties", key, "members"), party=party.says, problem=problem)


def _issuer(bench: Bench) -> None:
    issuer = bench.pack.parties.get(bench.pack.plan.issuer.party)
    if issuer and issuer.organ is None:
        problem = Word(N_("a plan is issued by one organ"))
        bench.fault(CannotBeSeated, ("plan", "issuer", "party"), party=issuer.says, problem=problem)
