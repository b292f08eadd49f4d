"""What is announced, what came of it, which areas change."""

from qingfu.records.enrolment.queries.areas import Moved, moved, names_place, places_of, same_area
from qingfu.records.enrolment.queries.changes import MISSING, areas_now, change_of, changes, left_out, paper
from qingfu.records.enrolment.queries.figures import Figures, doubts_about, judge_figures
from qingfu.records.enrolment.queries.results import planned_of, result, results, shown_grounds
from qingfu.records.enrolment.queries.rights import (
    ANNOUNCES,
    CHANGES,
    RESULTS,
    ordered,
    require_office,
    require_part,
    schools,
    takes_part,
)
from qingfu.records.enrolment.queries.sheets import (
    COLUMNS,
    Preview,
    SheetRow,
    catchment_template,
    preview_catchments,
)
from qingfu.records.enrolment.queries.views import (
    UNPUBLISHED,
    AreaView,
    CatchmentView,
    ChangeView,
    Ground,
    MeetingView,
    NewArea,
    ResultRow,
    ResultView,
    Span,
    YearRow,
    YearView,
    stage_of,
    whole_number,
)
from qingfu.records.enrolment.queries.years import year_of, years

__all__ = [
    "ANNOUNCES", "CHANGES", "COLUMNS", "MISSING", "RESULTS", "UNPUBLISHED", "AreaView", "CatchmentView", "ChangeView",
    "Figures", "Ground", "MeetingView", "Moved", "NewArea", "Preview", "ResultRow", "ResultView", "SheetRow", "Span",
    "YearRow", "YearView", "areas_now", "catchment_template", "change_of", "changes", "doubts_about", "judge_figures",
    "left_out", "moved", "names_place", "ordered", "paper", "places_of", "planned_of", "preview_catchments",
    "require_office", "require_part", "result", "results", "same_area", "schools", "shown_grounds", "stage_of",
    "takes_part", "whole_number", "year_of", "years",
]  # fmt: skip
