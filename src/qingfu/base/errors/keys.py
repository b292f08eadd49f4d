"""Errors of programs that report for a unit: their keys, their pace, what they send."""

from __future__ import annotations

from qingfu.base.errors.deciding import Invalid, NotAllowed, Twice
from qingfu.base.errors.root import QingfuError
from qingfu.base.words import N_


class KeyRefused(NotAllowed):
    """No key is known by this text."""

    code = "QF-KEY"
    says = N_("This key opens nothing here.")
    do = N_("Check that it was copied whole; otherwise make another one on the page “Keys of programs”.")


class KeyMissing(KeyRefused):
    """The request came without a key."""

    code = "QF-KEY-NONE"
    says = N_("The request came without a key.")
    do = N_("Send it in the header: “Authorization: Bearer” and the key.")


class KeyEnded(KeyRefused):
    """Facts: day."""

    code = "QF-KEY-ENDED"
    says = N_("This key was ended on {day}.")
    do = N_("Make another one on the page “Keys of programs” and put it in its place.")


class KeyHolderGone(KeyRefused):
    """Whoever made the key left the post in which it was made, or the unit has ended."""

    code = "QF-KEY-POST"
    says = N_("Whoever made this key no longer holds the post in which it was made.")
    do = N_("Let whoever holds a post of the unit now make another key.")


class KeyMade(Twice):
    """A repeat asks for a key again, of which only the digest is kept."""

    code = "QF-KEY-MADE"
    says = N_("The key this form asked for was made; it was shown once and is kept nowhere.")
    do = N_("If it did not reach you, end it and make another one.")


class TooFast(QingfuError):
    """Facts: most, seconds."""

    code = "QF-TOO-FAST"
    says = N_("More than {most} requests came with this key within a minute.")
    do = N_("Wait {seconds} seconds, and send more rows in each request.")


class NotJson(Invalid):
    """A body that cannot be read as JSON."""

    code = "QF-JSON"
    says = N_("What was sent is no JSON in UTF-8.")
    do = N_("Send one JSON object; what it holds is written in the contract, openapi.json.")


class WrongMethod(Invalid):
    """An address of the contract was asked by a method it does not know. Facts: method, allowed."""

    code = "QF-METHOD"
    says = N_("{method} does nothing at this address.")
    do = N_("Use one of these: {allowed}. What each does is written in the contract, openapi.json.")
