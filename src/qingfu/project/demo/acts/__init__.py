"""What each act of a script does: it calls the register's own verb at the act's instant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qingfu.project.demo.acts import cases, duties, enrolment, ledger, placement, school_data
from qingfu.project.demo.books import Beat
from qingfu.project.demo.stage import Stage
from qingfu.project.demo.words import (
    Accept,
    Act,
    AnnounceEnrolment,
    AnswerQuestion,
    Apply,
    AskSchool,
    ChangeCatchment,
    Decide,
    Delegate,
    EndFindings,
    Evaluate,
    FileClasses,
    FileFigures,
    FileHomework,
    FileSchedules,
    FileTimetables,
    Find,
    GiveBack,
    HandIn,
    Judge,
    MoveDeadline,
    MoveDuty,
    Opine,
    Panel,
    PlanActivity,
    PlanRectification,
    PostFirstWeek,
    PreparePlacement,
    PublishAdmissions,
    Reapply,
    Reply,
    ReportAsked,
    ReportDone,
    Revisit,
    SaveDraft,
    SendBack,
    SetTerm,
    StepAside,
    StrikeOff,
    TickOff,
    Withdraw,
)

DOINGS: dict[type[Act], Callable[[Stage, Beat, Any], object]] = {
    HandIn: duties.hand_in,
    TickOff: duties.tick_off,
    Accept: duties.accept,
    GiveBack: duties.give_back,
    MoveDuty: duties.move_duty,
    Delegate: duties.delegate,
    Apply: cases.apply,
    Reapply: cases.reapply,
    SaveDraft: cases.save_draft,
    Withdraw: cases.withdraw,
    Panel: cases.panel,
    StepAside: cases.step_aside,
    Opine: cases.opine,
    Decide: cases.decide,
    PlanActivity: cases.plan_activity,
    Evaluate: cases.evaluate,
    Find: ledger.find,
    PlanRectification: ledger.plan_rectification,
    ReportDone: ledger.report_done,
    SendBack: ledger.send_back,
    StrikeOff: ledger.strike_off,
    Revisit: ledger.revisit,
    Reply: ledger.reply,
    MoveDeadline: ledger.move_deadline,
    SetTerm: school_data.set_term,
    FileClasses: school_data.file_classes,
    FileTimetables: school_data.file_timetables,
    FileSchedules: school_data.file_schedules,
    FileHomework: school_data.file_homework,
    ReportAsked: school_data.report_asked,
    FileFigures: school_data.file_figures,
    PreparePlacement: placement.prepare_placement,
    PostFirstWeek: school_data.post_first_week_of,
    AskSchool: school_data.ask_school,
    AnswerQuestion: school_data.answer_question,
    Judge: school_data.judge,
    EndFindings: school_data.end_findings,
    AnnounceEnrolment: enrolment.announce_enrolment,
    PublishAdmissions: enrolment.publish_admissions,
    ChangeCatchment: enrolment.change_catchment,
}


def do(stage: Stage, beat: Beat) -> None:
    """Do one act on one target; raises whatever the register refuses it with."""
    DOINGS[type(beat.act)](stage, beat, beat.act)
