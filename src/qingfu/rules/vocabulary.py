"""The closed list of SQL words the emitter may use, and the translation between dialects."""

from __future__ import annotations

from functools import cache

WRITTEN_IN = "duckdb"
# What is not here was never looked at on all three engines.
ALLOWED = frozenset({
    "Select", "From", "Join", "Where", "Group", "Order", "Ordered", "Distinct", "Union", "Except", "Subquery",
    "Table", "TableAlias", "Alias", "Column", "Identifier", "Star", "Paren", "Literal", "Boolean", "Null", "Var",
    "Cast", "DataType", "Case", "If", "Coalesce", "And", "Or", "Not", "Is", "In", "Between",
    "EQ", "NEQ", "GT", "GTE", "LT", "LTE", "NullSafeEQ", "NullSafeNEQ", "Add", "Sub", "Mul", "Neg",
    "Sum", "Count", "Min", "Max", "Filter", "Window", "Lag", "DateDiff", "DateStrToDate", "Values", "Tuple",
})  # fmt: skip


class OutsideVocabulary(Exception):
    """The emitter wrote a word that is not on the list: a defect of ours, never of a pack."""


@cache
def translated(text: str, dialect: str) -> str:
    """The query in a dialect; raises OutsideVocabulary.

    In its own dialect it is taken as it was written, because reading it again would cost a county more than
    judging its year; the tests read every query they make.
    """
    if dialect == WRITTEN_IN:
        return text
    from sqlglot import exp

    tree = parsed(text)
    if dialect == "postgres":
        # Two dates subtracted are whole days there; what sqlglot would write goes through seconds.
        for node in list(tree.find_all(exp.DateDiff)):
            node.replace(exp.paren(exp.Sub(this=node.this, expression=node.expression)))
    return str(tree.sql(dialect=dialect, identify=True))


def parsed(text: str):  # type: ignore[no-untyped-def] # sqlglot is imported only where it is needed
    """The query as a tree; raises OutsideVocabulary."""
    import sqlglot

    tree = sqlglot.parse_one(text, read=WRITTEN_IN)
    for node in tree.walk():
        if type(node).__name__ not in ALLOWED:
            raise OutsideVocabulary(type(node).__name__)
    return tree
