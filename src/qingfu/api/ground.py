"""Ground: which school, which term, which classes a request is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qingfu.base.actor import Actor
from qingfu.base.errors import FieldFault, Invalid, NotFound
from qingfu.base.words import N_
from qingfu.records.monitoring import queries
from qingfu.records.monitoring.queries import ClassView, TermView
from qingfu.records.people.queries import OrganView, organs

NO_TERM = N_("There is no such school term; there are: {terms}.")
WHICH_SCHOOL = N_("Say which school, by its code or its name.")


@dataclass(frozen=True)
class Ground:
    """A school in a term, with its classes of that year."""

    school: OrganView
    term: TermView
    classes: tuple[ClassView, ...]

    @cached_property
    def by_name(self) -> Mapping[str, int]:
        """The classes' ids by their names."""
        return {one.name: one.id for one in self.classes}

    @cached_property
    def names(self) -> Mapping[int, str]:
        """The classes' names by their ids."""
        return {one.id: one.name for one in self.classes}

    def class_of(self, said: int | str) -> int | str:
        """The id of a class that is named or given by its id; what is none stays as it is, for the register to say."""
        return self.by_name.get(said.strip(), said) if isinstance(said, str) else said

    def asked_class(self, said: str) -> int | None:
        """The class a question is about: by its name, else its id; None for all. Raises NotFound."""
        if not said:
            return None
        if (named := self.by_name.get(said)) is not None:
            return named
        if said.isascii() and said.isdigit() and int(said) in self.names:
            return int(said)
        raise NotFound(what=said)


def ground(actor: Actor, *, term: int | str, school: str, today: date) -> Ground:
    """Raises Invalid for a term that is none, NotFound for a school of somebody else."""
    organ, view = school_of(actor, school), term_of(actor, term, today)
    return Ground(organ, view, queries.classes(actor, organ=organ.id, year=view.year))


def school_of(actor: Actor, said: str) -> OrganView:
    """The school meant by its code, name or id; a school's own where none is named. Raises NotFound, Invalid."""
    schools = organs(actor, kinds=["school"])
    if not said:
        mine = next((one for one in schools if one.id == actor.organ), None)
        if mine is None:
            raise Invalid(FieldFault("school", WHICH_SCHOOL))
        return mine
    found = next((one for one in schools if said in (one.code, one.name, str(one.id))), None)
    if found is None:
        raise NotFound(what=said)
    return found


def term_of(actor: Actor, said: int | str, today: date) -> TermView:
    """A term by its name or id, the one of today where none is named; raises Invalid."""
    known = queries.terms(actor)
    if said == "" and (present := queries.term_on(actor, today)) is not None:
        return present
    found = next((one for one in known if said in (one.name, one.id, str(one.id))), None)
    if found is None:
        raise Invalid(FieldFault("term", NO_TERM, {"terms": tuple(one.name for one in known)}))
    return found
