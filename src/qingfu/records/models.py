"""Where Django finds the tables of every room."""

from qingfu.records.affairs.models import Activity, ActivitySchool, Affair, Evaluation, Flag
from qingfu.records.almanac.models import Offset
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.draws.models import Call, Dealing, Draw, DrawRecord, Member, Reveal, Secret, Ticket
from qingfu.records.duties.models import HandIn, Task, TaskLink
from qingfu.records.enactment.models import PanelDraw, PanelSeat
from qingfu.records.enrolment.models import (
    Catchment,
    CatchmentChange,
    ChangedArea,
    EnrolmentResult,
    EnrolmentYear,
    ParentsMeeting,
)
from qingfu.records.forms.models import Answer, Draft, File, FileContent
from qingfu.records.journal.models import Entry, Reading, Seal
from qingfu.records.lists.models import Departure, Listing, Roll
from qingfu.records.monitoring.models import (
    Aid,
    AskedClass,
    Asking,
    BoardText,
    Combined,
    DaySchedule,
    Evening,
    Exam,
    ExtraLesson,
    Filing,
    Finding,
    FindingNote,
    Homework,
    Judgement,
    Lesson,
    LimitOrder,
    Question,
    SchoolClass,
    Watched,
)
from qingfu.records.people.models import (
    Account,
    ApiKey,
    Belonging,
    Bureau,
    Delegation,
    Holding,
    OneTimeLink,
    Organ,
    OrganDivision,
    Person,
    Post,
)
from qingfu.records.placement.models import Change, Placement, Pupil, Team, Tie
from qingfu.records.plans.models import Edition, Filling, OfficialText, Reschedule, Seat, Term
from qingfu.records.problems.models import DeadlineMove, Evidence, Problem, Rectification, Reply, Revisit, Verification
from qingfu.records.routes.models import Act, Addendum, Opinion, Panelist, Run, Turn

__all__ = [
    "Account", "Act", "Activity", "ActivitySchool", "Addendum", "Affair", "Aid", "Answer", "ApiKey", "AskedClass",
    "Asking", "Belonging", "BoardText", "Bureau", "Call", "Catchment", "CatchmentChange", "Change", "ChangedArea",
    "Combined", "DaySchedule", "DeadlineMove", "Dealing", "Delegation", "Departure", "Disclosure", "Draft", "Draw",
    "DrawRecord", "Edition", "EnrolmentResult", "EnrolmentYear", "Entry", "Evaluation", "Evening", "Evidence", "Exam",
    "ExtraLesson", "File", "FileContent", "Filing", "Filling", "Finding", "FindingNote", "Flag", "HandIn", "Holding",
    "Homework", "Judgement", "Lesson", "LimitOrder", "Listing", "Member", "OfficialText", "Offset", "OneTimeLink",
    "Opinion", "Organ", "OrganDivision", "PanelDraw", "PanelSeat", "Panelist", "ParentsMeeting", "Person", "Placement",
    "Post", "Problem", "Pupil", "Question", "Reading", "Rectification", "Reply", "Reschedule", "Reveal", "Revisit",
    "Roll", "Run", "SchoolClass", "Seal", "Seat", "Secret", "Task", "TaskLink", "Team", "Term", "Ticket", "Tie",
    "Turn", "Verification", "Watched",
]  # fmt: skip
