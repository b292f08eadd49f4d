"""``qingfu desk``: what an operator does with the register from a terminal."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of, system_now
from qingfu.base.errors import QingfuError
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

Bureau = Annotated[str, typer.Option("--bureau")]


def build(translate: Translate) -> typer.Typer:
    """The commands, speaking through ``translate``; the roof has set Django up before."""
    app = typer.Typer(no_args_is_help=True, add_completion=False)
    console = Console()

    def operator(slug: str) -> Actor:
        bureau = bureau_by_slug(slug)
        return Actor(kind="clock", bureau=bureau.id, roles=frozenset({"clock", "administrator"}))

    def tell(msgid: str, **facts: object) -> None:
        console.print(fill(msgid, facts, translate), highlight=False)

    @app.command(help=translate(N_("Write the empty sheet to fill in: schools, departments, townships or people.")))
    def template(kind: str, file: Path) -> None:
        file.write_bytes(import_template(_kind(kind)))
        tell(N_("Written: {file}."), file=file)

    @app.command("import", help=translate(N_("Show what a sheet would enter, row by row; with --commit enter it.")))
    def import_(bureau: Bureau, kind: str, file: Path, *, commit: bool = False) -> None:
        actor, data, now = operator(bureau), file.read_bytes(), system_now()
        preview = import_preview(actor, kind=_kind(kind), data=data, at=now)
        shown = Table(*["#", *preview.headings, ""])
        for row in preview.rows:
            faults = "; ".join(fault.text(translate) for fault in row.faults)
            shown.add_row(str(row.n), *row.cells, faults or translate(row.effect))
        console.print(shown)
        if commit:
            tell(N_("Entered: {count}."), count=import_commit(actor, kind=_kind(kind), data=data, at=now))
        elif preview.faulty:
            raise typer.Exit(1)

    @app.command(help=translate(N_("Take a plan pack into the bureau as a draft edition.")))
    def adopt(bureau: Bureau, pack: str) -> None:
        plan = adopt_pack(operator(bureau), pack=load(pack), at=system_now())
        tell(N_("Adopted as edition {edition}: {title}."), edition=plan.edition, title=plan.title)

    @app.command(help=translate(N_("Show what an edition still lacks: blanks, seats, hurdles.")))
    def lacks(bureau: Bureau, edition: int) -> None:
        actor = operator(bureau)
        plan = in_force(actor, edition)
        for blank in blanks_of(actor, edition):
            tell("{path} = {value}  {says} {unit}", path=blank.path, value=blank.value or blank.given or "?",
                 says=blank.says, unit=blank.unit)  # fmt: skip
        for seat in seats_of(actor, plan):
            tell("{party} = {organ}", party=seat.party, organ=seat.organ.name if seat.organ else f"? ({seat.organ_name})")
        standing: tuple[QingfuError, ...] = hurdles_of(plan)
        for hurdle in standing:
            tell("{hurdle}", hurdle=hurdle.text(translate))
        raise typer.Exit(1 if standing else 0)

    @app.command(help=translate(N_("Fill a blank of a draft edition.")))
    def fill_in(bureau: Bureau, edition: int, path: str, value: str) -> None:
        fill_blank(operator(bureau), edition=edition, path=path, value=value, at=system_now())
        tell(N_("Filled: {path}."), path=path)

    @app.command(help=translate(N_("Say which organ fills a party of the plan.")))
    def seat(bureau: Bureau, edition: int, party: str, organ: str) -> None:
        actor = operator(bureau)
        found = next((one for one in organs(actor) if organ in (one.name, one.code)), None)
        if found is None:
            raise typer.BadParameter(organ)
        seat_party(actor, edition=edition, party=party, organ=found.id, at=system_now())
        tell(N_("{party} is filled by {organ}."), party=party, organ=found.name)

    @app.command(help=translate(N_("Put an edition in force, today or on a day.")))
    def enact(bureau: Bureau, edition: int, on: str = "") -> None:
        now = system_now()
        day = date.fromisoformat(on) if on else day_of(now)
        plan = put_in_force(operator(bureau), edition=edition, on=day, at=now)
        tell(N_("In force: {title}."), title=plan.title)

    @app.command("journal", help=translate(N_("Seal the journal, print its head, and with --to write it for a verifier.")))
    def journal_(bureau: Bureau, to: Annotated[Path | None, typer.Option()] = None) -> None:
        actor = operator(bureau)
        seal(actor.bureau, whole=True)
        if to is not None:
            with to.open("w", encoding="utf-8") as file:
                for row in journal.exported(actor):
                    file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
        tell("{head}", head=journal.head(actor).text)

    return app


def _kind(text: str) -> Kind:
    if text not in COLUMNS:
        raise typer.BadParameter("schools | departments | townships | people")
    return text  # type: ignore[return-value]  # just checked against the kinds there are
