"""``qingfu init``: found a bureau and hand its first officer a one-time link."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from qingfu.base.clock import system_now
from qingfu.base.errors import NoSuchDivision, SettingWrong
from qingfu.base.words import N_, Word
from qingfu.project import databases, environment, prepare
from qingfu.project.speech import say, tell

init = typer.Typer(add_completion=False)
LEVELS = ("province", "city", "county", "other")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")


@init.callback(invoke_without_command=True, help=say(N_("Found a bureau and print its first officer's one-time link.")))
def found(
    slug: Annotated[str, typer.Option(help=say(N_("The bureau's address: lower-case letters, digits, hyphens.")))],
    name: Annotated[str, typer.Option(help=say(N_("The bureau's full name.")))],
    officer: Annotated[str, typer.Option(help=say(N_("The name of the first officer.")))],
    short_name: Annotated[str, typer.Option(help=say(N_("The bureau's short name.")))] = "",
    title: Annotated[str, typer.Option(help=say(N_("The first officer's post.")))] = "登记管理员",
    level: Annotated[str, typer.Option(help=say(N_("province, city, county or other.")))] = "county",
    division: Annotated[str, typer.Option(help=say(N_("The division code, where the bureau has one.")))] = "",
    address: Annotated[str, typer.Option(help=say(N_("Where the pages are served; this machine if left out.")))] = "",
) -> None:
    """Found the bureau; start and migrate the database first if need be."""
    slug, name, officer, title = slug.strip(), name.strip(), officer.strip(), title.strip()
    _check(slug=slug, level=level, division=division, filled={"--name": name, "--officer": officer, "--title": title})
    address = address or f"http://127.0.0.1:{environment.number('PORT')}"
    databases.ready()
    prepare.in_own_process(migrate=True)
    prepare.django()
    # Only now: records need Django set up.
    from django.urls import reverse

    from qingfu.records.people.actions import found_bureau, invite
    from qingfu.records.people.queries import as_actor

    now = system_now()
    post = found_bureau(
        slug=slug, name=name, short_name=short_name or name, level=level, division=division or None, officer=officer,
        title=title, at=now,
    )  # fmt: skip
    token = invite(as_actor(post), person=post.person, at=now)
    tell(
        N_("{bureau} is founded. Give {officer} this link; it opens once, within seven days:"),
        bureau=name,
        officer=officer,
    )
    tell("{link}", link=f"{address.rstrip('/')}{reverse('accept-invitation', args=[token])}")
    tell(N_("The link opens while the pages are served: qingfu serve"))


def _check(*, slug: str, level: str, division: str, filled: dict[str, str]) -> None:
    """Raise SettingWrong before a database is touched."""
    if not SLUG.fullmatch(slug):
        raise SettingWrong(setting="--slug", value=slug, expected=Word(N_("lower-case letters, digits and hyphens")))
    if level not in LEVELS:
        raise SettingWrong(setting="--level", value=level, expected=", ".join(LEVELS))
    if division and not _known(division):
        raise SettingWrong(setting="--division", value=division, expected=Word(N_("a code of the national list")))
    for option, value in filled.items():
        if not value:
            raise SettingWrong(setting=option, value=value, expected=Word(N_("a name")))


def _known(code: str) -> bool:
    from qingfu.base.divisions import division

    try:
        division(code)
    except NoSuchDivision:
        return False
    return True
