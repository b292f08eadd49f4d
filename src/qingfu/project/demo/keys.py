"""The demonstration's passwords: long, random, made anew at every start, so their hash may be quick."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """The same algorithm with few rounds: 80 random bits cannot be guessed, and nobody chooses a password here."""

    iterations = 1_000
