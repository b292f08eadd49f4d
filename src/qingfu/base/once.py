"""Not twice: the id a form carries, together with what the form said."""

from __future__ import annotations

from uuid import UUID, uuid5


class FormId(UUID):
    """A form's client id that also knows the digest of what was sent under it.

    It is a UUID wherever a verb takes one. A repeat says the same and gets the first answer; the same id with
    something else said is not a repeat, and the journal tells them apart by ``said``.
    """

    said: str

    def __init__(self, text: str, *, said: str) -> None:
        """Read ``text`` as a UUID (ValueError when it is none); ``said`` is a sha256 in hex."""
        super().__init__(text)
        # A UUID refuses to be assigned to.
        object.__setattr__(self, "said", said)


def said_under(client_id: UUID | None) -> str:
    """What a form said, as its digest; empty for a plain UUID, which tells repeats by the id alone."""
    return client_id.said if isinstance(client_id, FormId) else ""


def part_of(client_id: UUID | None, part: str, *, said: str | None = None) -> UUID | None:
    """The id of one act where one form leads to several, each named by its ``part``; None where the form has none.

    It is the same whenever the form is sent again. ``said`` is the digest of what this part alone said, where the rest
    of the form may change under the same id (a draft with a file); otherwise the whole form must say the same again.
    """
    if client_id is None:
        return None
    return FormId(str(uuid5(client_id, part)), said=said_under(client_id) if said is None else said)
