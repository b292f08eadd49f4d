"""Errors of a plan pack: file, line, key, clause and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable

from qingfu.base.errors.root import QingfuError
from qingfu.base.words import N_, Translate, as_they_are, fill

INSTEAD = N_("Write instead: {suggestion}.")


class PackError(QingfuError):
    """One fault in one place of a pack.

    ``line`` counts from 1 (0 = the whole file); ``key`` is the dotted path of the faulty key.
    """

    code = "QF-PACK"
    says = N_("The pack cannot be read here: {key}.")
    do = N_("Correct the line and run qingfu pack check again.")

    def __init__(
        self,
        *,
        file: str,
        line: int = 0,
        key: str = "",
        clause: str | None = None,
        suggestion: str | None = None,
        **facts: object,
    ) -> None:
        super().__init__(clause=clause, file=file, line=line, key=key, suggestion=suggestion, **facts)
        self.file, self.line, self.key, self.suggestion = file, line, key, suggestion

    @property
    def place(self) -> str:
        """Where: ``file:line``, or the file alone."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def next_step(self, translate: Translate = as_they_are) -> str:
        """The suggestion where there is one, then what to do next."""
        if not self.suggestion:
            return super().next_step(translate)
        return fill(INSTEAD, {"suggestion": self.suggestion}, translate)

    def text(self, translate: Translate = as_they_are) -> str:
        """The place, then the paragraph."""
        return f"{self.place}: {super().text(translate)}"


class BadYaml(PackError):
    """Not YAML 1.2. Facts: problem."""

    code = "QF-PACK-YAML"
    says = N_("This is not YAML: {problem}.")
    do = N_("Quote prose and times, and check the indentation.")


class MissingKey(PackError):
    """A required key is absent."""

    code = "QF-PACK-MISSING"
    says = N_("The key “{key}” is missing.")
    do = N_("Add the key; qingfu pack schema shows what it holds.")


class UnknownKey(PackError):
    """A key outside the vocabulary."""

    code = "QF-PACK-UNKNOWN"
    says = N_("The key “{key}” is not in the vocabulary.")
    do = N_("Remove the key; qingfu pack schema lists what is known here.")


class DuplicateKey(PackError):
    """The same key twice in one map, or one id twice in a pack."""

    code = "QF-PACK-DUPLICATE"
    says = N_("“{key}” stands here for the second time.")
    do = N_("Keep one of the two.")


class NullValue(PackError):
    """A key with nothing behind it."""

    code = "QF-PACK-NULL"
    says = N_("Nothing stands behind the key “{key}”.")
    do = N_('Write the value, or a blank with its name: {{blank: "…"}}.')


class WrongValue(PackError):
    """A value of another shape than the key holds. Facts: value, expected."""

    code = "QF-PACK-VALUE"
    says = N_("“{value}” cannot stand behind “{key}”; expected: {expected}.")
    do = N_("Correct the value and run qingfu pack check again.")


class PackDay(WrongValue):
    """A date in a pack that the calendar does not have. Facts: value."""

    code = "QF-PACK-DAY"
    says = N_("There is no such day: {value}.")
    do = N_('Write an existing day as "2024-07-30", or a month as "2024-08".')


class NoSuchReference(PackError):
    """A name that nothing in the pack bears. Facts: value, kind."""

    code = "QF-PACK-REFERENCE"
    says = N_("“{key}” points to “{value}”, which is not in the pack.")
    do = N_("Correct the name, or add the object.")


class NoSuchClause(NoSuchReference):
    """An object names a clause that the plan does not have. Facts: value."""

    code = "QF-PACK-CLAUSE"
    says = N_("“{key}” names the clause “{value}”, which the plan does not have.")
    do = N_("Use a clause id from the clauses of the plan.")


class Unmapped(PackError):
    """A binding sentence that nothing in the pack runs or declines. Facts: sentence."""

    code = "QF-PACK-UNMAPPED"
    says = N_("Nothing stands for this binding sentence: {sentence}.")
    do = N_("Add the object it makes happen, or say under the clause why nothing runs.")


class RefusedInForce(PackError):
    """A pack that is readable but must not be put in force. Facts: reason."""

    code = "QF-PACK-REFUSED"
    says = N_("The plan cannot be put in force: {reason}.")
    do = N_("Settle this first; qingfu pack check lists everything that stands in the way.")


class OpenBlank(RefusedInForce):
    """What the source leaves open has not been set by the bureau. Facts: blank."""

    code = "QF-PACK-BLANK"
    says = N_("The source leaves this open and the bureau has not set it: {blank}.")
    do = N_("Fill the blank on the plan page, then put the plan in force.")


class NoSuchPack(PackError):
    """No pack of that name or folder. Facts: known."""

    code = "QF-PACK-NONE"
    says = N_("There is no plan pack here.")
    do = N_("Give the folder of a pack or one of: {known}.")


class BrokenPack(QingfuError):
    """A pack with faults, all of them at once in ``errors``."""

    code = "QF-PACK-BROKEN"
    says = N_("The pack has {count} faults.")
    do = N_("Correct them in the order shown and run qingfu pack check again.")

    def __init__(self, errors: Iterable[PackError], *, clause: str | None = None) -> None:
        self.errors: tuple[PackError, ...] = tuple(errors)
        super().__init__(clause=clause, count=len(self.errors))

    def text(self, translate: Translate = as_they_are) -> str:
        """The paragraph, then one line for each fault."""
        return "\n".join([super().text(translate), *(error.text(translate) for error in self.errors)])
