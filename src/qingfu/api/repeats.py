"""Not twice: the id that a report carries, together with what it said."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest

from qingfu.base.errors import FieldFault, Invalid
from qingfu.base.once import FormId
from qingfu.base.words import N_

HEADER = "Idempotency-Key"
NO_ID = N_("Send a UUID of your own with each report, and the same one when you repeat it.")


def client_id_of(request: HttpRequest) -> FormId:
    """The id of a report and the digest of what it said; raises Invalid where there is none."""
    said = sha256(f"{request.method} {request.path}\n".encode() + request.body).hexdigest()
    try:
        return FormId(request.headers.get(HEADER, ""), said=said)
    except ValueError:
        raise Invalid(FieldFault(HEADER, NO_ID)) from None


DOCUMENTED = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "schema": {"type": "string", "format": "uuid"},
    "description": NO_ID,
}
