"""Burden: what a plan asks of people, weighed before it is published, beside the caps of a national notice."""

from __future__ import annotations

from qingfu.packfile.burden.asks import Ask, Counts
from qingfu.packfile.burden.caps import Beside
from qingfu.packfile.burden.schools import Semester
from qingfu.packfile.burden.weighing import Burden, weigh

__all__ = ["Ask", "Beside", "Burden", "Counts", "Semester", "weigh"]
