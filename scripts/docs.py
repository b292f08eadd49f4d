"""Reference pages of the manual that are made from the source.

python scripts/docs.py           write docs/reference/{errors,settings,commands,states}.md
python scripts/docs.py --check   fail if one of them is stale
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ["QINGFU_LANGUAGE"] = "en"

import typer

from qingfu.base.errors import QingfuError, every_error
from qingfu.base.states import Table
from qingfu.base.words import translator
from qingfu.project import environment, prepare
from qingfu.project.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by scripts/docs.py from the source; edit that. -->\n"
chinese = translator("zh-hans")


def errors() -> str:
    """Every error with its code, in both languages."""
    for file in sorted(SOURCE.rglob("*.py")):
        if '    code = "QF-' in file.read_text(encoding="utf-8"):
            importlib.import_module(".".join(file.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"))
    lines = ["# Errors 错误\n", "What the office reads, and quotes on the telephone by its code.\n"]
    for error in sorted(every_error(), key=lambda each: each.code):
        lines += _error(error)
    return _page(lines)


def _error(error: type[QingfuError]) -> Iterator[str]:
    yield f"## `{error.code}`\n"
    yield f"{error.says} {error.do}\n"
    yield f"{chinese(error.says)}{chinese(error.do)}\n"


def settings() -> str:
    """Every variable of the environment."""
    lines = [
        "# Settings 设置\n",
        "All come from the environment; a secret may also come from a file named by `NAME_FILE`.\n",
    ]
    lines += ["| Variable | Default | Meaning | 含义 |", "| --- | --- | --- | --- |"]
    for each in environment.VARIABLES:
        default = f"`{each.default}`" if each.default else "—"
        secret = " Secret." if each.secret else ""
        lines.append(f"| `{each.name}` | {default} | {each.help}{secret} | {chinese(each.help)} |")
    return _page([*lines, ""])


def commands() -> str:
    """Every command with its options."""
    prepare.django()
    lines = ["# Commands 命令\n", "The exit status is 0 only where all is well.\n"]
    for name, entry in COMMANDS.items():
        try:
            app = getattr(importlib.import_module(entry.module), name)
        except (ModuleNotFoundError, AttributeError):
            lines += [f"## `qingfu {name}`\n", f"{entry.help} {chinese(entry.help)}\n"]
            continue
        lines += _command(f"qingfu {name}", typer.main.get_command(app), entry.help)
    return _page(lines)


def _command(path: str, command: Any, told: str = "", level: int = 2) -> Iterator[str]:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option" and each.name != "help"]
    words = " ".join([path, *(str(each.name).upper() for each in arguments)])
    about = told or " ".join((command.help or "").split())
    yield f"{'#' * level} `{words}`\n"
    yield f"{about} {chinese(about)}\n" if chinese(about) != about else f"{about}\n"
    for each in options:
        shown = (
            f" (`{each.default}`)" if isinstance(each.default, (str, int)) and each.default not in ("", False) else ""
        )
        yield f"- `{each.opts[0]}` {' '.join((each.help or '').split())}{shown}".rstrip()
    if options:
        yield ""
    for name, inner in sorted(getattr(command, "commands", {}).items()):
        yield from _command(f"{path} {name}", inner, level=level + 1)


def states() -> str:
    """Every transition table as a diagram."""
    lines = ["# States 状态\n", "Made from the tables that the program itself obeys.\n"]
    for file in sorted((SOURCE / "qingfu" / "records").glob("*/states.py")):
        module = importlib.import_module(f"qingfu.records.{file.parent.name}.states")
        for table in (each for each in vars(module).values() if isinstance(each, Table)):
            lines += [f"## {table.name}\n", "```mermaid", table.mermaid().strip(), "```\n"]
    return _page(lines)


def _page(lines: list[str]) -> str:
    return MADE + "\n".join(lines).rstrip("\n") + "\n"


def pages() -> dict[Path, str]:
    """All pages by their file; commands first, because importing them brings more errors."""
    told = commands()
    return {
        REFERENCE / "commands.md": told,
        REFERENCE / "errors.md": errors(),
        REFERENCE / "settings.md": settings(),
        REFERENCE / "states.md": states(),
    }


def stale() -> list[str]:
    """The pages that are not as the source says."""
    return [file.name for file, text in pages().items() if not file.exists() or file.read_text("utf-8") != text]


if __name__ == "__main__":
    if "--check" in sys.argv:
        names = stale()
        print(f"stale: {', '.join(names)}; run make docs" if names else "the reference pages are fresh")
        sys.exit(bool(names))
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for page, text in pages().items():
        page.write_text(text, encoding="utf-8")
