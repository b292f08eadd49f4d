"""Labels, teams and the seats of those who come later (draw-record.md, 7.4, steps 7 and 8)."""

from __future__ import annotations

from qingfu.base.draw.allotment.hall import Hall
from qingfu.base.draw.notice import Allot
from qingfu.base.draw.stream import Chance

_TRIES = 1000


def label(hall: Hall, method: Allot, chance: Chance) -> dict[str, object]:
    labels = chance.stream("allot/labels").shuffled(method.classes)
    teams = _teams(hall, method, chance)
    drawn = {
        labels[one]: {
            "label": labels[one],
            "team": teams[one] if teams else None,
            "tickets": [hall.tickets[pupil] for pupil in sorted(row)],
        }
        for one, row in enumerate(hall.rows)
    }
    return {
        "classes": [drawn[name] for name in method.classes],
        "later": [labels[one] for one in _later(hall, method.later, chance)],
        "unmet": _unmet(hall, method, teams),
    }


def _teams(hall: Hall, method: Allot, chance: Chance) -> list[str]:
    stream = chance.stream("allot/teams")
    drawn: list[str] = []
    if method.teams:
        for _ in range(_TRIES):
            drawn = stream.shuffled([team.ticket for team in method.teams])
            if not any(_meet(hall, drawn, pair) for pair in method.avoid):
                break
    return drawn


def _meet(hall: Hall, teams: list[str], pair: tuple[str, str]) -> bool:
    return bool(teams) and teams[hall.place_of[hall.number[pair[0]]]] == pair[1]


def _later(hall: Hall, seats: int, chance: Chance) -> list[int]:
    stream = chance.stream("allot/later")
    smallest = min(len(row) for row in hall.rows)
    row = stream.shuffled([one for one, row in enumerate(hall.rows) if len(row) == smallest])
    while len(row) < seats:
        row += stream.shuffled(range(len(hall.rows)))
    return row[:seats]


def _unmet(hall: Hall, method: Allot, teams: list[str]) -> list[list[str]]:
    shared = [
        list(pair)
        for pair, (a, b) in zip(method.apart, hall.apart, strict=True)
        if hall.place_of[a] == hall.place_of[b]
    ]
    return sorted(shared) + sorted(list(pair) for pair in method.avoid if _meet(hall, teams, pair))
