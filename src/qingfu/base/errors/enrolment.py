"""Open enrolment: areas that changed without a record, and a change of areas that may not take effect yet."""

from __future__ import annotations

from qingfu.base.errors.deciding import Invalid
from qingfu.base.words import N_


class AreaChanged(Invalid):
    """An announcement whose areas differ from what was published, with no change on record. Facts: schools, year."""

    code = "QF-AREA-CHANGED"
    says = N_("The areas of these schools are not those that were published last: {schools}.")
    do = N_("Write the former area again, or open a catchment change for {year} and carry it through first.")


class ChangeUnfinished(Invalid):
    """A catchment change that lacks what the plan asks for. Facts: missing (Words)."""

    code = "QF-CHANGE-UNFINISHED"
    says = N_("The catchment change cannot take effect yet; missing: {missing}.")
    do = N_("Enter what is missing, then put it into effect.")
