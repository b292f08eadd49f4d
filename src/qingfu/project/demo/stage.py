"""Who and what the data's names mean in the register on a day: organs, posts, tasks, cases, listings, problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from qingfu.base.actor import Actor
from qingfu.base.errors import NotFound
from qingfu.project.demo.words import Act, Apply, Book, Find
from qingfu.records.duties.queries import board
from qingfu.records.lists.queries import listings
from qingfu.records.people.queries import OrganView, PostRow, organs, posts
from qingfu.records.plans.queries import InForce, editions, in_force, plans_in_force
from qingfu.records.problems.queries import ledger
from qingfu.records.routes.queries import RunView, cases
from qingfu.records.routes.queries import run as run_of

MOST = 1_000


@dataclass
class Stage:
    """One bureau on one day. Names are looked up in the register; nothing about the script is kept anywhere."""

    book: Book
    bureau: int
    day: date
    organs: Mapping[str, OrganView] = field(default_factory=dict)
    posts: Mapping[tuple[int, str], PostRow] = field(default_factory=dict)
    tasks: dict[str, dict[int, int]] = field(default_factory=dict)
    cases: dict[str, int] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    views: dict[int, RunView] = field(default_factory=dict)
    known_plan: InForce | None = None

    @property
    def clock(self) -> Actor:
        """The clock of the bureau, which may see everything in it."""
        return Actor.clock(self.bureau)

    @property
    def plan(self) -> InForce:
        """The plan of the demonstration; raises NotFound before it is in force."""
        if self.known_plan is None:
            found = [plan for plan in plans_in_force(self.clock) if plan.pack.plan.id == self.book.pack]
            if not found:
                raise NotFound(what=self.book.pack)
            self.known_plan = found[0]
        return self.known_plan

    def draft(self) -> int:
        """The adopted edition of the plan that is not in force yet; raises NotFound."""
        found = [row.id for row in editions(self.clock) if row.pack == self.book.pack and row.state == "draft"]
        if not found:
            raise NotFound(what=self.book.pack)
        return found[0]

    def reread_plan(self) -> None:
        """A date was moved: the plan is read anew."""
        self.known_plan = in_force(self.clock, self.plan.edition)

    def begin(self, day: date) -> None:
        """Another day: posts may be held by others, tasks may have opened."""
        self.day, self.tasks = day, {}
        self.organs = {organ.short_name: organ for organ in organs(self.clock)}
        self.posts = {(row.organ.id, row.title): row for row in posts(self.clock, on=day)}

    def organ(self, name: str) -> OrganView:
        """An organ by its short name; raises NotFound."""
        if name not in self.organs:
            raise NotFound(what=name)
        return self.organs[name]

    def actor(self, who: str) -> Actor:
        """The holder of ``organ/title``, or of the first post of ``organ``; raises NotFound."""
        name, _, title = who.partition("/")
        line = next((line for line in self.book.organs if line.called == name), None)
        organ = self.organ(name)
        wanted = title or (next(iter(line.people)) if line else "")
        post = self.posts.get((organ.id, wanted))
        if post is None or post.holder is None:
            raise NotFound(what=who)
        keeps = {"administrator"} if line and wanted in line.keeps_register else set()
        return Actor(
            kind="person", bureau=self.bureau, person=post.holder, post=post.id, organ=organ.id,
            roles=frozenset({organ.kind} | keeps), name=post.holder_name,
        )  # fmt: skip

    def actor_of(self, organ: OrganView) -> Actor:
        """The holder of the first post of an organ."""
        return self.actor(organ.short_name)

    def doer(self, act: Act) -> Actor:
        """Who the act says; raises NotFound where it says nobody."""
        return self.actor(act.who or "")

    def keeper(self) -> Actor:
        """The officer who keeps the register."""
        facts = self.book.bureau
        return self.actor(f"{facts.short_name}/{facts.title}")

    def person(self, name: str) -> int:
        """A person by name; raises NotFound."""
        found = next((row.holder for row in self.posts.values() if row.holder_name == name and row.holder), None)
        if found is None:
            raise NotFound(what=name)
        return found

    def task(self, duty: str, organ: OrganView, *, at: datetime) -> int:
        """The task of an organ under a duty that is not closed yet, else the last one; raises NotFound."""
        if duty not in self.tasks:
            rows = board(self.clock, edition=self.plan.edition, duty=duty, size=MOST, at=at).rows
            closed = [row for row in rows if row.state in ("accepted", "waived")]
            alive = [row for row in reversed(rows) if row.state not in ("accepted", "waived")]
            self.tasks[duty] = {row.organ.id: row.id for row in (*closed, *alive)}
        if organ.id not in self.tasks[duty]:
            raise NotFound(what=f"{duty}: {organ.name}")
        return self.tasks[duty][organ.id]

    def members(self, titles: tuple[str, ...]) -> list[int]:
        """The posts of these titles in the one organ that has them all; raises NotFound."""
        for organ in {organ for organ, _ in self.posts}:
            if all((organ, title) in self.posts for title in titles):
                return [self.posts[organ, title].id for title in titles]
        raise NotFound(what="、".join(titles))

    def case(self, title: str) -> int:
        """The latest case of a title; raises NotFound."""
        if title not in self.cases:
            found = [row.id for row in cases(self.clock, text=title).rows if row.title == title]
            if not found:
                raise NotFound(what=title)
            self.cases[title] = found[0]
        return self.cases[title]

    def view(self, actor: Actor, run: int, *, at: datetime) -> RunView:
        """The case as the last act of this play left it; its digest covers what any decider is shown."""
        if run not in self.views:
            self.views[run] = run_of(actor, run, at=at)
        return self.views[run]

    def keep(self, view: RunView) -> None:
        """Remember how an act left a case."""
        self.cases[view.title], self.views[view.id] = view.id, view

    def listing(self, title: str) -> int:
        """The latest listing of a title; raises NotFound."""
        rows = listings(self.clock, edition=self.plan.edition, text=title, size=MOST).rows
        found = [row.id for row in rows if row.title == title]
        if not found:
            raise NotFound(what=title)
        return max(found)

    def problem(self, name: str, *, at: datetime) -> tuple[int, int]:
        """The line of the ledger that the data calls by this name, and its owner's organ; raises NotFound."""
        title = self._title(name)
        if title not in self.lines:
            rows = ledger(self.clock, edition=self.plan.edition, size=MOST, at=at).rows
            self.lines = {row.title: (row.id, row.owner) for row in rows}
        if title not in self.lines:
            raise NotFound(what=title)
        return self.lines[title]

    def _title(self, name: str) -> str:
        for rows in self.book.sheets.values():
            for row in rows:
                if row.as_ == name:
                    return row.cells["problem"]
        for act in self.book.script:
            if isinstance(act, Find) and act.as_ == name:
                return act.title
        raise NotFound(what=name)

    def applied(self, title: str) -> Apply:
        """The act that first applied under a title; raises NotFound."""
        found = (act for act in self.book.script if isinstance(act, Apply) and act.content.get("title") == title)
        act = next(found, None)
        if act is None:
            raise NotFound(what=title)
        return act
