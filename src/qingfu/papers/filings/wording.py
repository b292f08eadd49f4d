"""Wording: what the sheets of a template are called, so that reading knows its own."""

from __future__ import annotations

from qingfu.base.words import N_
from qingfu.papers.sheets import NOTES

NOTES_SHEET = NOTES
CLASSES_SHEET = N_("The school's classes")
