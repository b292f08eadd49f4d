"""Where Django finds the tables of every room."""

from qingfu.records.affairs.models import Activity, ActivitySchool, Affair, Evaluation, Flag
from qingfu.records.almanac.models import Offset
from qingfu.records.disclosures.models import Disclosure
from qingfu.records.duties.models import HandIn, Task, TaskLink
from qingfu.records.forms.models import Answer, Draft, File, FileContent
from qingfu.records.journal.models import Entry, Reading, Seal
from qingfu.records.lists.models import Departure, Listing, Roll
from qingfu.records.people.models import (
    Account,
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
from qingfu.records.plans.models import Edition, Filling, OfficialText, Reschedule, Seat
from qingfu.records.problems.models import DeadlineMove, Evidence, Problem, Rectification, Reply, Revisit, Verification
from qingfu.records.routes.models import Act, Addendum, Opinion, Panelist, Run, Turn

__all__ = [
    "Account", "Act", "Activity", "ActivitySchool", "Addendum", "Affair", "Answer", "Belonging", "Bureau",
    "DeadlineMove", "Delegation", "Departure", "Disclosure", "Draft", "Edition", "Entry", "Evaluation",
    "Evidence", "File", "FileContent", "Filling", "Flag", "HandIn", "Holding", "Listing", "OfficialText",
    "Offset", "OneTimeLink", "Opinion", "Organ", "OrganDivision", "Panelist", "Person", "Post", "Problem",
    "Reading", "Rectification", "Reply", "Reschedule", "Revisit", "Roll", "Run", "Seal", "Seat", "Task",
    "TaskLink", "Turn", "Verification",
]  # fmt: skip
