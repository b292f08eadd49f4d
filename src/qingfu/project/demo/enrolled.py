"""The words of what is said of enrolment in a demonstration: times, areas, numbers, a meeting."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from qingfu.packfile.words.word import Text, Word


class EnrolmentTime(Word):
    what: Text
    from_: date
    until: date


class EnrolmentArea(Word):
    """The area of a school; without words the one of the year before."""

    area: str = ""
    places: int
    expected: int


class Admitted(Word):
    places: int
    registered: int
    within: int
    grounds: dict[Text, int] = Field(default_factory=dict)
    refused: int = 0
    refused_within: int = 0
    note: str = ""


class ParentsHeard(Word):
    name: Text
    on: date
    parents: int
    said: Text
    answered: Text
