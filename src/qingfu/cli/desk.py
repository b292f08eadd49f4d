"""``qingfu desk``: what an operator does with the register from a terminal."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of, system_now
from qingfu.base.words import N_, Translate, fill
from qingfu.packfile.read import load
from qingfu.records.enactment.actions import put_in_force
from qingfu.records.journal import queries as journal
from qingfu.records.journal.actions import seal
from qingfu.records.people.actions import import_commit, import_preview, import_template
from qingfu.records.people.actions.sheets import COLUMNS, Kind
from qingfu.records.people.queries import bureau_by_slug, organs
from qingfu.records.plans.actions import adopt_pack, fill_blank, seat_party
from qingfu.records.plans.queries import blanks_of, hurdles_of, in_force, seats_of

EFFECTS = {"new": N_("Will be entered"), "known": N_("Already entered"), "fault": N_("Cannot be taken")}
Bureau = Annotated[str, typer.Option("--bureau")]


@dataclass(frozen=True)
class Terminal:
    """Where the commands speak, and in which language."""

    translate: Translate
    console: Console = field(default_factory=Console)

    def tell(self, msgid: str, **facts: object) -> None:
        """One sentence on a line of its own."""
        self.console.print(fill(msgid, facts, self.translate), highlight=False, markup=False)


def operator(slug: str) -> Actor:
    """Whoever works on the machine itself, in one bureau: named in the journal as the clock with the keeper's right."""
    bureau = bureau_by_slug(slug)
    return Actor(kind="clock", bureau=bureau.id, roles=frozenset({"clock", "administrator"}))


def template(ctx: typer.Context, kind: str, file: Path) -> None:
    """Write an empty sheet."""
    file.write_bytes(import_template(_kind(kind), translate=ctx.obj.translate))
    ctx.obj.tell(N_("Written: {file}."), file=file)


def import_(ctx: typer.Context, bureau: Bureau, kind: str, file: Path, *, commit: bool = False) -> None:
    """Preview a sheet, and enter it when asked to."""
    actor, data, now, terminal = operator(bureau), file.read_bytes(), system_now(), ctx.obj
    preview = import_preview(actor, kind=_kind(kind), data=data, name=file.name, at=now)
    shown = Table("#", *preview.headings, "")
    for row in preview.rows:
        shown.add_row(str(row.n), *row.cells, terminal.translate(EFFECTS[row.effect]))
    terminal.console.print(shown)
    for row in preview.rows:
        for told in (*row.faults, *row.notes):
            says = told.text(terminal.translate)
            terminal.tell(N_("Row {row}, {heading}: {says}"), row=row.n, heading=preview.heading(told.field), says=says)
    if commit:
        terminal.tell(N_("Entered: {count}."), count=import_commit(actor, kind=_kind(kind), data=data, at=now))
    elif preview.faulty:
        raise typer.Exit(1)


def adopt(ctx: typer.Context, bureau: Bureau, pack: str) -> None:
    """Adopt a pack."""
    plan = adopt_pack(operator(bureau), pack=load(pack), at=system_now())
    ctx.obj.tell(N_("Adopted as edition {edition}: {title}."), edition=plan.edition, title=plan.title)


def lacks(ctx: typer.Context, bureau: Bureau, edition: int) -> None:
    """Show blanks, seats and hurdles."""
    actor, terminal = operator(bureau), ctx.obj
    plan = in_force(actor, edition)
    for blank in blanks_of(actor, edition):
        said = blank.value or blank.given or "?"
        terminal.tell("{path} = {value}  {says} {unit}", path=blank.path, value=said, says=blank.says, unit=blank.unit)
    for seat_ in seats_of(actor, plan):
        filled = seat_.organ.name if seat_.organ else f"? ({seat_.organ_name})"
        terminal.tell("{party} = {organ}", party=seat_.party, organ=filled)
    standing = hurdles_of(plan)
    for hurdle in standing:
        terminal.tell("{hurdle}", hurdle=hurdle.text(terminal.translate))
    raise typer.Exit(1 if standing else 0)


def fill_in(ctx: typer.Context, bureau: Bureau, edition: int, path: str, value: str) -> None:
    """Fill a blank."""
    fill_blank(operator(bureau), edition=edition, path=path, value=value, at=system_now())
    ctx.obj.tell(N_("Filled: {path}."), path=path)


def seat(ctx: typer.Context, bureau: Bureau, edition: int, party: str, organ: str) -> None:
    """Seat an organ on a party."""
    actor = operator(bureau)
    found = next((one for one in organs(actor) if organ in (one.name, one.code)), None)
    if found is None:
        raise typer.BadParameter(organ)
    seat_party(actor, edition=edition, party=party, organ=found.id, at=system_now())
    ctx.obj.tell(N_("{party} is filled by {organ}."), party=party, organ=found.name)


def enact(ctx: typer.Context, bureau: Bureau, edition: int, on: str = "") -> None:
    """Put an edition in force."""
    now = system_now()
    day = date.fromisoformat(on) if on else day_of(now)
    plan = put_in_force(operator(bureau), edition=edition, on=day, at=now)
    ctx.obj.tell(N_("In force: {title}."), title=plan.title)


def chain(ctx: typer.Context, bureau: Bureau, to: Annotated[Path | None, typer.Option()] = None) -> None:
    """Seal and export the journal."""
    actor = operator(bureau)
    seal(actor.bureau, whole=True)
    if to is None:
        ctx.obj.tell("{head}", head=journal.head(actor).text)
        return
    # The head of what was written: meanwhile the sealer may have gone on.
    head = ""
    with to.open("w", encoding="utf-8") as file:
        for row in journal.exported(actor):
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
            head = f"{row['n']}:{row['digest']}"
    ctx.obj.tell("{head}", head=head)


COMMANDS: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("template", N_("Write the empty sheet to fill in: schools, departments, townships or people."), template),
    ("import", N_("Show what a sheet would enter, row by row; with --commit enter it."), import_),
    ("adopt", N_("Take a plan pack into the bureau as a draft edition."), adopt),
    ("lacks", N_("Show what an edition still lacks: blanks, seats, hurdles."), lacks),
    ("fill-in", N_("Fill a blank of a draft edition."), fill_in),
    ("seat", N_("Say which organ fills a party of the plan."), seat),
    ("enact", N_("Put an edition in force, today or on a day."), enact),
    ("journal", N_("Seal the journal, print its head, and with --to write it for a verifier."), chain),
)


def build(translate: Translate, ready: Callable[[], object]) -> typer.Typer:
    """The commands, speaking through ``translate``; the roof has set Django up, and ``ready`` starts the database."""
    app = typer.Typer(no_args_is_help=True, add_completion=False)

    @app.callback()
    def speaking(ctx: typer.Context) -> None:
        ready()
        ctx.obj = Terminal(translate)

    for name, says, command in COMMANDS:
        app.command(name, help=translate(says))(command)
    return app


def _kind(text: str) -> Kind:
    if text not in COLUMNS:
        raise typer.BadParameter("schools | departments | townships | people")
    return text  # type: ignore[return-value]  # just checked against the kinds there are
