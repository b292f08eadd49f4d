"""Who is who: bureaus, organs, posts; which posts an account may act in; who is somebody else."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from qingfu.base.actor import Actor
from qingfu.base.clock import day_of
from qingfu.base.errors import NotAllowed, NotFound
from qingfu.base.words import Word
from qingfu.records.journal.queries import Page, reading
from qingfu.records.people.models import ApiKey, Belonging, Bureau, Delegation, Holding, Organ, Person, Post


@dataclass(frozen=True)
class BureauView:
    """A bureau as the outside knows it."""

    id: int
    slug: str
    name: str
    short_name: str
    level: str


@dataclass(frozen=True)
class OrganView:
    """An organ of the register."""

    id: int
    kind: str
    name: str
    short_name: str
    code: str
    level: str
    stage: str
    parent: int | None = None


@dataclass(frozen=True)
class PostView:
    """A post somebody may act in, as holder or as delegate (`acting_for` is then the holder's name)."""

    id: int
    title: str
    organ: OrganView
    person: int
    person_name: str
    member_kind: str
    administers: bool
    bureau: BureauView
    acting_for: int | None = None
    acting_for_name: str = ""


def bureau_view(row: Bureau) -> BureauView:
    """The view of a bureau row."""
    return BureauView(row.id, row.slug, row.name, row.short_name, row.level)


def organ_view(row: Organ) -> OrganView:
    """The view of an organ row."""
    return OrganView(row.id, row.kind, row.name, row.short_name, row.code, row.level, row.stage, row.parent_id)


def bureaus(*, using: str = "default") -> tuple[BureauView, ...]:
    """All bureaus, by name. Public knowledge."""
    return tuple(bureau_view(row) for row in Bureau.objects.using(using).order_by("id"))


def bureau_by_slug(slug: str, *, using: str = "default") -> BureauView:
    """One bureau by its address; raises NotFound."""
    row = Bureau.objects.using(using).filter(slug=slug).first()
    if row is None:
        raise NotFound(what=slug)
    return bureau_view(row)


def posts_of(account: int, *, at: datetime) -> tuple[PostView, ...]:
    """Every post, in every bureau, that this account may act in at `at`: held, or delegated to it."""
    day = day_of(at)
    found: list[PostView] = []
    for belonging in Belonging.objects.filter(account=account).select_related("bureau").order_by("bureau"):
        actor = Actor(kind="person", bureau=belonging.bureau_id, person=belonging.person)
        with reading(actor):
            me = Person.objects.get(id=belonging.person)
            found += [
                _post_view(h.post, me, belonging.bureau)
                for h in Holding.objects.filter(_in_period(day), person=me).select_related("post__organ").order_by("id")
            ]
            given = Delegation.objects.filter(_in_period(day), taker=me, ended_at=None)
            for row in given.select_related("post__organ", "giver").order_by("id"):
                found.append(_post_view(row.post, me, belonging.bureau, row.giver))
    return tuple(found)


def _in_period(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


def _post_view(post: Post, me: Person, bureau: Bureau, giver: Person | None = None) -> PostView:
    return PostView(
        id=post.id,
        title=post.title,
        organ=organ_view(post.organ),
        person=me.id,
        person_name=me.name,
        member_kind=post.member_kind,
        administers=post.administers,
        bureau=bureau_view(bureau),
        acting_for=giver.id if giver else None,
        acting_for_name=giver.name if giver else "",
    )


def actor_in(account: int, post: int | None, *, at: datetime) -> tuple[Actor, tuple[PostView, ...]] | None:
    """The actor an account is in `post` (or in its first post), with all its posts; None when it has none."""
    posts = posts_of(account, at=at)
    if not posts:
        return None
    chosen = next((p for p in posts if p.id == post), posts[0])
    return as_actor(chosen), posts


def as_actor(post: PostView) -> Actor:
    """The actor somebody is in a post."""
    return Actor(
        kind="person",
        bureau=post.bureau.id,
        person=post.person,
        post=post.id,
        organ=post.organ.id,
        acting_for=post.acting_for,
        roles=frozenset({post.organ.kind} | ({"administrator"} if post.administers else set())),
        name=post.person_name,
    )


def organs(actor: Actor, *, kinds: Iterable[str] | None = None) -> tuple[OrganView, ...]:
    """Active organs of the bureau, by pinyin, of these kinds or of all."""
    with reading(actor):
        rows = Organ.objects.filter(active_until=None)
        if kinds is not None:
            rows = rows.filter(kind__in=list(kinds))
        return tuple(organ_view(row) for row in rows.order_by("kind", "sort_key", "id"))


def organ(actor: Actor, organ_id: int) -> OrganView:
    """One organ of the bureau; raises NotFound."""
    with reading(actor):
        row = Organ.objects.filter(id=organ_id).first()
        if row is None:
            raise NotFound(what=str(organ_id))
        return organ_view(row)


def person_names(actor: Actor, ids: Collection[int | None]) -> dict[int, str]:
    """Names by person id."""
    with reading(actor):
        wanted = {i for i in ids if i is not None}
        return dict(Person.objects.filter(id__in=wanted).values_list("id", "name"))


def delegations_between(
    actor: Actor, *, on: date, owners: Collection[int], since: date | None = None
) -> tuple[tuple[int, int], ...]:
    """(giver, taker) pairs in force in the period from `since` (or `on` alone) to `on` that touch one of `owners`.

    House rule 8, somebody else: a delegation that was ended within the period still counts.
    """
    with reading(actor):
        first = since or on
        touching = Q(giver__in=list(owners)) | Q(taker__in=list(owners))
        rows = Delegation.objects.filter(touching, from_on__lte=on, until_on__gte=first)
        return tuple(
            (row.giver_id, row.taker_id) for row in rows if row.ended_at is None or day_of(row.ended_at) >= first
        )


def holders_of(actor: Actor, organ_id: int, *, on: date) -> frozenset[int]:
    """Persons who hold a post in an organ on a day."""
    with reading(actor):
        rows = Holding.objects.filter(_in_period(on), post__organ=organ_id)
        return frozenset(rows.values_list("person_id", flat=True))


def post_holders(on: date) -> dict[tuple[str, str], str]:
    """Who holds which post on a day: names by the organ's name and the post's title. Inside a reading or a deed."""
    rows = Holding.objects.filter(_in_period(on))
    found = rows.values_list("post__organ__name", "post__title", "person__name")
    return {(organ, title): name for organ, title, name in found}


def require_keeper(actor: Actor) -> None:
    """Raises NotAllowed unless the actor keeps the register."""
    if "administrator" not in actor.roles:
        raise NotAllowed(verb=Word("keep the register"), who=[Word("administrator")])


@dataclass(frozen=True)
class PersonRow:
    """A person as the keeper of the register sees them: posts, and whether an account opens the door."""

    id: int
    name: str
    has_account: bool
    posts: tuple[str, ...]


def roster(actor: Actor, *, text: str = "", page: int = 1, size: int = 50) -> Page[PersonRow]:
    """Persons with their posts, by pinyin; keepers of the register only."""
    require_keeper(actor)
    with reading(actor):
        rows = Person.objects.order_by("sort_key", "id")
        if text:
            rows = rows.filter(Q(name__icontains=text) | Q(holdings__post__organ__name__icontains=text)).distinct()
        total = rows.count()
        part = list(rows.prefetch_related("holdings__post__organ")[(page - 1) * size : page * size])
        return Page(tuple(_person_row(row) for row in part), total, page, size)


def _person_row(row: Person) -> PersonRow:
    held = [f"{h.post.organ.short_name} · {h.post.title}" for h in row.holdings.all() if h.until_on is None]
    return PersonRow(row.id, row.name, row.account_id is not None, tuple(held))


@dataclass(frozen=True)
class PostRow:
    """A post, who holds it now, and who stands in."""

    id: int
    title: str
    organ: OrganView
    member_kind: str
    holder: int | None
    holder_name: str
    has_account: bool
    stands_in: str
    delegation: int | None


def posts(actor: Actor, *, organ: int | None = None, on: date) -> tuple[PostRow, ...]:
    """Posts of one organ or of all, with holder and delegate on a day."""
    with reading(actor):
        rows = Post.objects.select_related("organ").order_by("organ__kind", "organ__sort_key", "id")
        if organ is not None:
            rows = rows.filter(organ=organ)
        holders = {h.post_id: h.person for h in Holding.objects.filter(_in_period(on)).select_related("person")}
        given = Delegation.objects.filter(_in_period(on), ended_at=None).select_related("taker")
        stands_in = {d.post_id: d for d in given}
        return tuple(_post_row(row, holders.get(row.id), stands_in.get(row.id)) for row in rows)


def _post_row(row: Post, holder: Person | None, given: Delegation | None) -> PostRow:
    return PostRow(
        id=row.id,
        title=row.title,
        organ=organ_view(row.organ),
        member_kind=row.member_kind,
        holder=holder.id if holder else None,
        holder_name=holder.name if holder else "",
        has_account=bool(holder and holder.account_id),
        stands_in=given.taker.name if given else "",
        delegation=given.id if given else None,
    )


REPORTERS = frozenset({"school", "authority", "leading-group", "office"})


@dataclass(frozen=True)
class KeyView:
    """A key with which a program reports for a unit; `opens` says whether its maker still holds the post."""

    id: int
    name: str
    organ: OrganView
    person_name: str
    post_title: str
    made_at: datetime
    used_on: date | None
    ended_at: datetime | None
    opens: bool

    @property
    def made_on(self) -> date:
        """The day it was made."""
        return day_of(self.made_at)


def may_make_keys(actor: Actor) -> bool:
    """Schools and the bureau side; in a post of one's own, because a key outlives any standing in."""
    return bool(actor.roles & REPORTERS) and actor.kind == "person" and actor.acting_for is None


def keys(actor: Actor, *, on: date) -> tuple[KeyView, ...]:
    """The keys of the actor's own unit, the latest first; a keeper of the register sees those of the whole bureau."""
    with reading(actor):
        rows = ApiKey.objects.filter(bureau=actor.bureau)
        if "administrator" not in actor.roles:
            rows = rows.filter(organ=actor.organ or 0)
        found = list(rows.order_by("-id"))
        organs_ = {o.id: organ_view(o) for o in Organ.objects.filter(id__in={row.organ for row in found})}
        posts_ = dict(Post.objects.filter(id__in={row.post for row in found}).values_list("id", "title"))
        names = person_names(actor, {row.person for row in found})
        held = set(Holding.objects.filter(_in_period(on), post__in=posts_).values_list("post", "person"))
        return tuple(
            KeyView(
                row.id, row.name, organs_[row.organ], names.get(row.person, ""), posts_.get(row.post, ""), row.made_at,
                row.used_on, row.ended_at, opens=row.ended_at is None and (row.post, row.person) in held,
            )
            for row in found
        )  # fmt: skip


# Surnames that a general dictionary reads wrongly.
_SURNAMES = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "区": "ou", "朴": "piao",
    "任": "ren", "乐": "yue", "覃": "qin", "尉": "wei", "翟": "zhai", "缪": "miao", "员": "yun", "黑": "he",
    "种": "chong", "宁": "ning", "华": "hua", "燕": "yan", "贾": "jia", "万": "wan", "俞": "yu", "祭": "zhai",
}  # fmt: skip


def sort_key(name: str, *, person: bool = False) -> str:
    """The pinyin by which a Chinese name sorts; a person's surname is read as a surname."""
    # Imported here, and without its dictionary of phrases: 54 MB against 14, in a process that only sorts names.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(name)
    if person and name[:1] in _SURNAMES:
        syllables[0] = _SURNAMES[name[0]]
    return " ".join(syllables)[:120]
