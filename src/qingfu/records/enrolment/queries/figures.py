"""The figures of a result: they must add up, and what looks wrong is told before they are published."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.words import N_, Said, say
from qingfu.records.enrolment.queries.areas import plain
from qingfu.records.enrolment.queries.views import MOST_CHILDREN, NO_NUMBER, Ground

MOST_GROUNDS = 12
NUMBERS = ("places", "registered", "within", "refused", "refused_within")
NO_GROUND = N_("Name the ground, in at most 60 characters; no child's name.")
GROUND_TWICE = N_("This ground stands twice; write it once, with all who were admitted on it.")
NUMBERS_OF_PEOPLE = N_("No telephone or identity number may stand here.")
# Blanks and hyphens between digits.
_APART = re.compile(r"(?<=\d)[\s-](?=\d)")
_PERSONAL = re.compile(r"(?<!\d)(1\d{10}|\d{17}[\dXx])(?!\d)")
SUM = N_("{within} from the area, {otherwise} from elsewhere and {refused} not admitted make {sum}, another number.")
PART = N_("There cannot be more of them than were not admitted at all.")
OVER = N_("The school has admitted {admitted}, {more} more than its {places} places.")
OUTSIDE = N_("The school has admitted {otherwise} from elsewhere and not admitted {refused} of its own area.")
OTHER_PLACES = N_("The announcement has {planned} places for this school.")


def names_number(text: str) -> bool:
    """Whether a telephone or identity number stands in a text, however its digits are grouped."""
    return bool(_PERSONAL.search(_APART.sub("", unicodedata.normalize("NFKC", text))))


@dataclass(frozen=True)
class Figures:
    """What a school says. `grounds` are of those from elsewhere; `refused_within` of the refused, those of its area."""

    places: int
    registered: int
    within: int
    grounds: tuple[Ground, ...]
    refused: int
    refused_within: int

    @property
    def otherwise(self) -> int:
        """Admitted from elsewhere."""
        return sum(one.number for one in self.grounds)

    @property
    def admitted(self) -> int:
        return self.within + self.otherwise


def judge_figures(figures: Figures) -> None:
    """Raises Invalid where a number is none or the sum is wrong."""
    numbers = {name: getattr(figures, name) for name in NUMBERS}
    numbers |= {f"number-{n}": one.number for n, one in enumerate(figures.grounds, start=1)}
    faults = [
        FieldFault(name.replace("_", "-"), NO_NUMBER, {"most": MOST_CHILDREN})
        for name, number in numbers.items()
        if not 0 <= number <= MOST_CHILDREN
    ]
    for n, one in enumerate(figures.grounds, start=1):
        if not 0 < len(one.ground.strip()) <= 60:
            faults.append(FieldFault(f"ground-{n}", NO_GROUND))
        elif names_number(one.ground):
            faults.append(FieldFault(f"ground-{n}", NUMBERS_OF_PEOPLE))
        # Written in two lines it could be read out of the small ones that are put together.
        elif plain(one.ground) in {plain(other.ground) for other in figures.grounds[: n - 1]}:
            faults.append(FieldFault(f"ground-{n}", GROUND_TWICE))
    total = figures.admitted + figures.refused
    if not faults and figures.registered != total:
        facts = {"within": figures.within, "otherwise": figures.otherwise, "refused": figures.refused, "sum": total}
        faults.append(FieldFault("registered", SUM, facts))
    if figures.refused_within > figures.refused:
        faults.append(FieldFault("refused-within", PART))
    if faults:
        raise Invalid(*faults)


def doubts_about(figures: Figures, planned: int | None) -> tuple[Said, ...]:
    """What a school is told before it publishes: more than planned, or others taken while its own were not."""
    found = []
    places = figures.places if planned is None else planned
    if planned is not None and planned != figures.places:
        found.append(say(OTHER_PLACES, planned=planned))
    if figures.admitted > places:
        found.append(say(OVER, admitted=figures.admitted, more=figures.admitted - places, places=places))
    if figures.otherwise and figures.refused_within:
        found.append(say(OUTSIDE, otherwise=figures.otherwise, refused=figures.refused_within))
    return tuple(found)
