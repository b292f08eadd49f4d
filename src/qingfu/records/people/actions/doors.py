"""Accounts: made by invitation only, opened by a one-time link that is handed over in person. No mail is needed."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from qingfu.base.actor import Actor
from qingfu.base.chance import new_token
from qingfu.base.errors import AlreadyThere, FieldFault, Invalid, LinkMade, LinkSpent, NotFound
from qingfu.base.words import N_, say
from qingfu.records.journal.actions import deed, first_answer, record
from qingfu.records.people.models import Account, Belonging, OneTimeLink, Person
from qingfu.records.people.queries import require_keeper

LINK_LASTS = timedelta(days=7)
# Why a password is refused, by Django's own codes: its sentences are not all there in Chinese.
WEAK = {
    "password_too_short": N_("it needs at least {min_length} characters"),
    "password_too_common": N_("it is one that many people use"),
    "password_entirely_numeric": N_("it has digits only"),
}


def invite(actor: Actor, *, person: int, client_id: UUID | None = None, at: datetime) -> str:
    """A one-time link for a person without an account; returns the token, which is kept nowhere.

    So a repeat cannot give it again: it raises LinkMade, and makes no second link that would end the first.
    """
    with deed(actor):
        require_keeper(actor)
        _refuse_repeat(actor, client_id)
        row = Person.objects.filter(id=person).first()
        if row is None:
            raise NotFound(what=str(person))
        if row.account_id is not None:
            raise AlreadyThere(what=row.name)
        return _link(actor, purpose="invite", person=person, client_id=client_id, at=at)


def reset_password(actor: Actor, *, person: int, client_id: UUID | None = None, at: datetime) -> str:
    """A one-time link to set a fresh password, handed over in person; returns the token, a repeat raises LinkMade."""
    with deed(actor):
        require_keeper(actor)
        _refuse_repeat(actor, client_id)
        if not Person.objects.filter(id=person, account__isnull=False).exists():
            raise NotFound(what=str(person))
        return _link(actor, purpose="reset", person=person, client_id=client_id, at=at)


def _refuse_repeat(actor: Actor, client_id: UUID | None) -> None:
    if first_answer(actor, client_id, subject="person") is not None:
        raise LinkMade


def _link(actor: Actor, *, purpose: str, person: int, client_id: UUID | None, at: datetime) -> str:
    token = new_token()
    OneTimeLink.objects.filter(bureau=actor.bureau, person=person, used_at=None).update(used_at=at)
    OneTimeLink.objects.create(
        token_digest=token_digest(token), purpose=purpose, bureau_id=actor.bureau, person=person,
        expires_at=at + LINK_LASTS,
    )  # fmt: skip
    record(actor, verb=f"people.{purpose}", subject="person", subject_id=person, client_id=client_id, at=at)
    return token


def token_digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def accept_link(*, token: str, name: str, password: str, client_id: UUID | None = None, at: datetime) -> int:
    """Open a one-time link: set the sign-in name (invitation only) and the password; returns the account's id.

    A plain UUID as client id: the digest of what this form said would be a trace of the password. A repeat is known by
    the password itself. Raises LinkSpent, Invalid (a weak password, a name that is taken).
    """
    where = OneTimeLink.objects.filter(token_digest=token_digest(token)).values_list("bureau", "person").first()
    if where is None:
        raise LinkSpent
    actor = Actor(kind="person", bureau=where[0], person=where[1])
    with deed(actor):
        link = OneTimeLink.objects.select_for_update().get(token_digest=token_digest(token))
        if first_answer(actor, client_id, subject="person") is not None:
            return _set_before(link, password)
        if link.used_at is not None or link.expires_at < at:
            raise LinkSpent
        _check_password(password, name)
        account = _open_account(link, name, password)
        link.used_at = at
        link.save(update_fields=["used_at"])
        record(actor, verb="people.accept_link", subject="person", subject_id=link.person, client_id=client_id, at=at)
        return account.id


def _set_before(link: OneTimeLink, password: str) -> int:
    account = Person.objects.get(id=link.person).account
    if account is None or not account.check_password(password):
        raise LinkSpent
    return account.id


def _open_account(link: OneTimeLink, name: str, password: str) -> Account:
    person = Person.objects.select_for_update().get(id=link.person)
    account = person.account
    if account is None:
        account = Account(name=name.strip())
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as error:
        raise Invalid(FieldFault("name", N_("This sign-in name is taken."))) from error
    if person.account_id is None:
        person.account = account
        person.save(update_fields=["account"])
        Belonging.objects.create(account=account, bureau_id=link.bureau_id, person=person.id)
    return account


def change_password(*, account: int, old: str, new: str) -> None:
    """Change one's own password; raises Invalid."""
    row = Account.objects.get(id=account)
    if not row.check_password(old):
        raise Invalid(FieldFault("old", N_("This is not the present password.")))
    _check_password(new, row.name)
    row.set_password(new)
    row.save(update_fields=["password"])


def choose_language(*, account: int, language: str, large_type: bool) -> None:
    """Remember how somebody wants the pages."""
    Account.objects.filter(id=account).update(language=language, large_type=large_type)


def _check_password(password: str, name: str) -> None:
    try:
        validate_password(password, Account(name=name))
    except ValidationError as error:
        why = [say(WEAK.get(str(one.code), str(one.message)), **(one.params or {})) for one in error.error_list]
        raise Invalid(FieldFault("password", N_("This password is too easy to guess: {why}."), {"why": why})) from error
