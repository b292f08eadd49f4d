"""Balanced classes, drawn and not chosen (draw-record.md, 7.4).

A rank is drawn for every pupil; pupils are dealt level by level over all classes in drawn order; what is uneven is put
right by exchanges that treat equal pupils alike; at last the labels and teams are drawn. So pupils who are equal in
everything that is balanced have the same chance of everything.
"""

from __future__ import annotations

from collections.abc import Sequence

from qingfu.base.draw.allotment.counts import even_counts
from qingfu.base.draw.allotment.dealing import deal
from qingfu.base.draw.allotment.hall import Hall
from qingfu.base.draw.allotment.labels import label
from qingfu.base.draw.allotment.levels import even_levels
from qingfu.base.draw.notice import Allot, Entry
from qingfu.base.draw.stream import Chance


def allot(method: Allot, pool: Sequence[Entry], chance: Chance) -> dict[str, object]:
    """The classes with their teams and tickets, the seats of later arrivals, and what could not be met."""
    hall = partition(method, pool, chance)
    return label(hall, method, chance)


def partition(method: Allot, pool: Sequence[Entry], chance: Chance) -> Hall:
    """The classes before labels and teams are drawn."""
    hall = Hall(method, pool)
    deal(hall, chance)
    even_counts(hall)
    even_levels(hall)
    return hall
