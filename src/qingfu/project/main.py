"""The console entry ``qingfu``: a table of commands, each imported when it is called.

A command's module holds a Typer application under the command's name. Offline commands
import no Django; the table is the only place that knows where they live.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

from qingfu.base.errors import QingfuError, SetUp
from qingfu.base.words import N_, Word
from qingfu.project.speech import complain, say


@dataclass(frozen=True)
class Command:
    """Where a command lives and what it is for."""

    module: str
    help: str


COMMANDS: dict[str, Command] = {
    "demo": Command("qingfu.project.demo", N_("Start a demonstration with invented data.")),
    "init": Command("qingfu.project.init", N_("Found a bureau and make its first officer's link.")),
    "serve": Command("qingfu.project.serve", N_("Serve the pages and run the clock.")),
    "desk": Command("qingfu.project.desk", N_("Import, export and ask the register from the terminal.")),
    "filings": Command("qingfu.project.desk", N_("Take a school's filled-in sheets, and write the empty ones.")),
    "pack": Command("qingfu.cli.offline", N_("Check and try packs: plans as data.")),
    "limits": Command("qingfu.cli.offline", N_("Judge files of school data by the limits of a pack.")),
    "draw": Command(
        "qingfu.cli.offline", N_("Draw by lot so that everybody can check it: with files, without a server.")
    ),
    "journal": Command("qingfu.cli.offline", N_("Verify an exported journal against its printed head, offline.")),
    "doctor": Command(
        "qingfu.project.doctor",
        N_("Say what is wrong, and the line that mends it; the exit status is 0 if all is well."),
    ),
    "backup": Command("qingfu.project.backup", N_("Write the whole register into one file.")),
    "restore": Command("qingfu.project.backup", N_("Read a backup into an empty database and check what was read.")),
    "db": Command("qingfu.project.db", N_("Start, stop and look at the embedded database.")),
    "migrate": Command("qingfu.project.db", N_("Bring the tables up to the program.")),
    "jobs": Command("qingfu.project.work", N_("Run the clock: open duties on their day, seal the journal, remind.")),
}


class Commands(TyperGroup):
    """The table as a group of commands; listing it imports none of them."""

    listing = False

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands in the table's order; whoever lists wants their help only."""
        self.listing = True
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and build the command; None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        entry = COMMANDS[cmd_name]
        if self.listing:
            return TyperCommand(cmd_name, help=say(entry.help))
        command = typer.main.get_command(getattr(import_module(entry.module), cmd_name))
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say(N_("Qingfu runs official plans against the burden on schools.")),
)


@app.callback()
def _qingfu() -> None:
    """The group itself does nothing."""


class PathShut(SetUp):
    """A file that was named cannot be opened. Facts: file, reason."""

    code = "QF-PATH"
    says = N_("The file cannot be opened: {file}: {reason}.")
    do = N_("Check the path, and whether you may read and write there.")


REASONS: tuple[tuple[type[OSError], Word], ...] = (
    (FileNotFoundError, Word(N_("there is no such file or folder"))),
    (PermissionError, Word(N_("you may not"))),
    (IsADirectoryError, Word(N_("it is a folder"))),
    (NotADirectoryError, Word(N_("a part of the path is no folder"))),
)


def guarded(run: Callable[[], object]) -> NoReturn:
    """Run, and end the process: 0 when all is well, 1 with the error said otherwise, 130 on Ctrl-C."""
    try:
        run()
    except QingfuError as error:
        complain(error)
        sys.exit(1)
    except OSError as fault:
        # One without a file is not the operator's doing: its trace is wanted.
        if fault.filename is None:
            raise
        reason = next((said for kind, said in REASONS if isinstance(fault, kind)), fault.strerror)
        complain(PathShut(file=fault.filename, reason=reason))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)


def main() -> NoReturn:
    """Called by the ``qingfu`` script."""
    guarded(app)


if __name__ == "__main__":
    main()
