"""Shares in pieces: any k members open the same point, fewer do not, and nothing wrong is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest

from qingfu.base.canon import canonical
from qingfu.base.draw import escrow
from qingfu.base.draw.curve import BASE, SECOND, N, multiply
from qingfu.base.draw.escrow import Deal, Opening, Table
from qingfu.base.draw.hashing import Domain
from qingfu.base.draw.keys import Signature, drawn_from, key_of, sign, signed, some
from tests.draws_made import Dice

SIZE, K = 4, 3
DICE = Dice("escrow")
SECRETS = tuple(DICE.secrets() for _ in range(SIZE))
TABLE = Table(Domain(), bytes(range(32)), tuple(key_of(secret) for secret in SECRETS), K)
DEAL, SHARE = escrow.deal(TABLE, by=1, secret=SECRETS[1], secrets=DICE.secrets)
OPENINGS = tuple(escrow.open_piece(TABLE, DEAL, of=of, secret=SECRETS[of], secrets=DICE.secrets) for of in range(SIZE))
ELSEWHERE = some(multiply(7, BASE))


@pytest.mark.parametrize("who", list(combinations(range(SIZE), K)))
def test_any_k_members_open_the_point_that_the_dealer_would_have_told(who: tuple[int, ...]) -> None:
    assert escrow.point_of_pieces(tuple(OPENINGS[of] for of in who)) == escrow.point_of_share(SHARE)


@pytest.mark.parametrize("size", range(1, K))
def test_fewer_than_k_members_open_something_else(size: int) -> None:
    for who in combinations(range(SIZE), size):
        assert escrow.point_of_pieces(tuple(OPENINGS[of] for of in who)) != escrow.point_of_share(SHARE)


def test_a_deal_and_its_openings_hold() -> None:
    assert escrow.stands(TABLE, DEAL)
    assert escrow.share_fits(DEAL, SHARE)
    assert all(escrow.opened_rightly(TABLE, DEAL, opening) for opening in OPENINGS)


def resigned(one: Deal) -> Deal:
    """A dealer may sign anything."""
    body = TABLE.domain.hash("deal-body", TABLE.circle, canonical(one.body()))
    return replace(one, signature=sign(TABLE.domain, "deal", SECRETS[one.by], body, DICE.secrets))


GARBAGE: dict[str, Callable[[Deal], Deal]] = {
    "a wrong piece": lambda one: replace(one, pieces=(ELSEWHERE, *one.pieces[1:])),
    "two pieces exchanged": lambda one: replace(one, pieces=(one.pieces[1], one.pieces[0], *one.pieces[2:])),
    "a wrong commitment": lambda one: replace(one, commitments=(ELSEWHERE, *one.commitments[1:])),
    "a wrong last commitment": lambda one: replace(one, commitments=(*one.commitments[:-1], ELSEWHERE)),
    "one commitment too few": lambda one: replace(one, commitments=one.commitments[:-1]),
    "one commitment too many": lambda one: replace(one, commitments=(*one.commitments, ELSEWHERE)),
    "one piece too few": lambda one: replace(one, pieces=one.pieces[:-1], answers=one.answers[:-1]),
    "a wrong answer": lambda one: replace(one, answers=(one.answers[0] ^ 1, *one.answers[1:])),
    "an answer written in another way": lambda one: replace(one, answers=(one.answers[0] + N, *one.answers[1:])),
    "a wrong challenge": lambda one: replace(one, challenge=one.challenge ^ 1),
    "no answers": lambda one: replace(one, answers=()),
}


@pytest.mark.parametrize("fault", GARBAGE)
def test_garbage_is_refused_although_its_dealer_signed_it(fault: str) -> None:
    assert not escrow.stands(TABLE, resigned(GARBAGE[fault](DEAL)))


@pytest.mark.parametrize("fault", GARBAGE)
def test_garbage_that_somebody_put_into_a_deal_is_refused(fault: str) -> None:
    assert not escrow.stands(TABLE, GARBAGE[fault](DEAL))


@pytest.mark.parametrize("by", [-1, 0, 2, SIZE])
def test_a_deal_of_another_member_is_refused(by: int) -> None:
    assert not escrow.stands(TABLE, replace(DEAL, by=by))


@pytest.mark.parametrize(
    "signature",
    [
        Signature(0, 0),
        replace(DEAL.signature, e=DEAL.signature.e ^ 1),
        replace(DEAL.signature, z=DEAL.signature.z ^ 1),
        replace(DEAL.signature, z=DEAL.signature.z + N),
        replace(DEAL.signature, e=DEAL.signature.e + N),
    ],
)
def test_a_deal_that_its_member_did_not_sign_is_refused(signature: Signature) -> None:
    assert not escrow.stands(TABLE, replace(DEAL, signature=signature))


@pytest.mark.parametrize(
    "table",
    [
        replace(TABLE, circle=bytes(32)),
        replace(TABLE, domain=Domain(rehearsal=True)),
        replace(TABLE, keys=(*TABLE.keys[:-1], ELSEWHERE)),
        replace(TABLE, threshold=K - 1),
        replace(TABLE, keys=TABLE.keys[:-1]),
    ],
    ids=["another circle", "a rehearsal", "another member", "another threshold", "a smaller circle"],
)
def test_a_deal_stands_at_its_own_table_only(table: Table) -> None:
    assert not escrow.stands(table, DEAL)


OTHER, OTHER_SHARE = escrow.deal(TABLE, by=1, secret=SECRETS[1], secrets=DICE.secrets)


@pytest.mark.parametrize(
    "opening",
    [
        replace(OPENINGS[0], point=ELSEWHERE),
        replace(OPENINGS[0], of=1),
        replace(OPENINGS[0], of=SIZE),
        replace(OPENINGS[0], of=-1),
        replace(OPENINGS[0], proof=Signature(OPENINGS[0].proof.e, OPENINGS[0].proof.z ^ 1)),
        replace(OPENINGS[0], proof=Signature(OPENINGS[0].proof.e, OPENINGS[0].proof.z + N)),
        replace(OPENINGS[0], proof=Signature(0, 0)),
        escrow.open_piece(TABLE, DEAL, of=0, secret=SECRETS[2], secrets=DICE.secrets),
        escrow.open_piece(TABLE, OTHER, of=0, secret=SECRETS[0], secrets=DICE.secrets),
        escrow.open_piece(replace(TABLE, circle=bytes(32)), DEAL, of=0, secret=SECRETS[0], secrets=DICE.secrets),
    ],
)
def test_a_piece_opened_wrongly_is_refused(opening: Opening) -> None:
    assert not escrow.opened_rightly(TABLE, DEAL, opening)


@pytest.mark.parametrize("share", [0, N, SHARE + N, SHARE + 1, N - SHARE, OTHER_SHARE])
def test_another_share_than_the_one_dealt_does_not_fit(share: int) -> None:
    assert not escrow.share_fits(DEAL, share)


def test_a_signature_serves_one_purpose_one_message_and_one_kind_of_draw() -> None:
    message, key = bytes(range(32)), key_of(5)
    made = sign(Domain(), "join", 5, message, DICE.secrets)
    assert signed(Domain(), "join", key, message, made)
    assert not signed(Domain(), "deal", key, message, made)
    assert not signed(Domain(), "join", key, bytes(32), made)
    assert not signed(Domain(), "join", key_of(6), message, made)
    assert not signed(Domain(rehearsal=True), "join", key, message, made)


def test_the_key_lies_on_the_second_point_so_that_commitments_say_nothing_of_it() -> None:
    assert key_of(5) == multiply(5, SECOND)
    assert key_of(5) != multiply(5, BASE)


def test_who_deals_again_with_the_same_key_in_the_same_circle_deals_the_same() -> None:
    def dealt(circle: bytes, secret: int) -> tuple[Deal, int]:
        table = replace(TABLE, circle=circle)
        return escrow.deal(table, by=1, secret=secret, secrets=drawn_from(table.domain, secret, circle))

    once = dealt(TABLE.circle, SECRETS[1])
    assert dealt(TABLE.circle, SECRETS[1]) == once
    assert escrow.stands(TABLE, once[0])
    assert dealt(bytes(32), SECRETS[1])[1] != once[1]
    assert dealt(TABLE.circle, SECRETS[2])[1] != once[1]
