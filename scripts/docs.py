"""Reference pages of the manual that are made from the source.

python scripts/docs.py           write docs/reference/{errors,settings,commands,states,limits}.md and openapi.json
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
from qingfu.rules import truth
from qingfu.rules.parse import WORKS
from qingfu.rules.tables import RATIOS, TABLES
from qingfu.rules.tables import Table as Sheet

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


LIMITS = """\
# Limits 限额

A limit says of each group of rows of one table how far one measure may go. Packs write limits under `limits:`
(see [pack.md](pack.md)); `qingfu limits check` judges files by them, and the register judges what schools report.

## Shapes 五种写法

| Shape | Written as | Violated where |
| --- | --- | --- |
| measured 量 | `measure: {sum: minutes}` with `at-most`, `at-least` or `exactly` | the measure passes it |
| forbidden 禁 | `never: {punitive: true}` | a row is there on which all of it is true |
| presence 有 | `each: subject` with `needs` or `fixes` | an item has less than it needs, or not what is fixed |
| equality 同 | `same: {column, one, other, by, of}` | two records differ in a place |
| distance 隔 | `apart: day` with `at-least` | two days lie closer together |

All take `reads` (the table), `per` (what makes a group), `where` (conditions, all of which must hold), `tolerance`
(whole, in the unit) and `expects` (the table of those who must report). A bound is a number, or a table by grades —
`P1-2`, `P3-6`, `P`, `J`, `S1`, `*`, with a place before it as `village/J` — in which a later row overrides an earlier
one; or the name of a parameter (`parameters.homework`, `national.homework`). A bound that is still blank is never
judged: it awaits the bureau's number.

"""
MEANING = """\
## What missing values mean 没有报的怎样算

Violating, compliant, or not reported: never guessed. The same text stands above the code that decides, and the engines
are tested against it.

```text
"""
ENDS = """\
## Exit status 退出状态

`qingfu limits check` ends with 0 where every limit is kept, with 1 where something violates a limit or was not reported
(a table without a file too), with 2 where a file or the pack is faulty; then nothing was judged. Limits that await a
number change nothing.

"""


def limits() -> str:
    """The rule language: shapes, measures, units, tables, and what missing values mean."""
    lines = [LIMITS + "## Measures 量法\n", "| Measure | Columns it takes |", "| --- | --- |"]
    lines += [f"| `{does}` | {', '.join(kinds)} |" for does, kinds in WORKS.items()] + ["| `count` | rows |", ""]
    lines += [f"One `{larger}` is {ratio} `{smaller}`.\n" for (larger, smaller), ratio in RATIOS.items()]
    lines.append(MEANING + str(truth.__doc__).partition("\n\n")[2].strip() + "\n```\n")
    lines.append(ENDS + "## Tables 数据表\n")
    lines.append(
        "A file is called by the name of its table, its columns by either name. An empty cell: not reported.\n"
    )
    for table in TABLES:
        lines += _table(table)
    return _page(lines)


def _table(table: Sheet) -> Iterator[str]:
    yield f"### `{table.name}` {chinese(table.says)}\n"
    yield f"No two rows share: {', '.join(f'`{name}`' for name in table.identity)}.\n"
    yield "| Column | 列名 | Kind | Unit | Holds |\n| --- | --- | --- | --- | --- |"
    for one in table.columns:
        among = ", ".join(one.among) or (f"at most {one.most}" if one.most is not None else "")
        yield f"| `{one.name}` | {chinese(one.says)} | {one.kind} | {one.unit or ''} | {among} |"
    yield ""


def contract() -> str:
    """What programs report and read, in OpenAPI."""
    prepare.django()
    from qingfu.api.contract import written

    return written()


def _page(lines: list[str]) -> str:
    return MADE + "\n".join(lines).rstrip("\n") + "\n"


def pages() -> dict[Path, str]:
    """All pages by their file; commands first, because importing them brings more errors."""
    told = commands()
    return {
        REFERENCE / "commands.md": told,
        REFERENCE / "errors.md": errors(),
        REFERENCE / "limits.md": limits(),
        REFERENCE / "openapi.json": contract(),
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
