"""In which language a program is answered: as it asks by Accept-Language, else in Chinese."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from qingfu.base.words import Translate, translator


def language_of(request: HttpRequest) -> str:
    """The code of the language that is wanted most among those we speak."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        for code, _name in settings.LANGUAGES:
            if wanted.partition("-")[0] == code.partition("-")[0]:
                return str(code)
    return str(settings.LANGUAGE_CODE)


def translator_of(request: HttpRequest) -> Translate:
    """The translation into the program's language."""
    return translator(language_of(request))
