"""Judging without writing anything down: what breaks a limit, what was not reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qingfu.records.monitoring.queries.facts import Ask
from qingfu.rules import postgres
from qingfu.rules.findings import Finding
from qingfu.rules.nodes import Limit
from qingfu.rules.truth import Verdict


def violations(ask: Ask, limits: Sequence[Limit]) -> Iterator[Finding]:
    """What breaks the limits."""
    return (one for one in postgres.judge(ask, limits) if one.verdict is Verdict.VIOLATING)


def of_schools(limits: Sequence[Limit]) -> tuple[Limit, ...]:
    """The limits each of whose groups lies within one school, so that one school can be judged alone."""
    return tuple(limit for limit in limits if {"class", "school"} & set(limit.per))
