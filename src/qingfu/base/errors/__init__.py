"""The tree of all that can go wrong, a code for each.

QingfuError                 QF-ERROR
├─ NotAllowed               SignInNeeded · SomebodyElse · Sealed · LinkSpent · DemoOnly
│  └─ KeyRefused            KeyMissing · KeyEnded · KeyHolderGone
├─ NotFound                 NoSuchDivision · NoSuchFinding
├─ WrongState               DecidedAlready · OpinionGiven · NotYet · NotInForce · CircleClosed
│                           OutcomeStands
│                           SharesMissing · SecondSplit
├─ Stale
├─ Late                     LeadTime
├─ Full                     ReaderBusy
├─ TooManyQuestions
├─ TooFast
├─ Invalid                  NoSuchDay · SameFile · NotJson · WrongMethod · BadNotice · NoMatch · NoVisit · BadShare
│                           AboveCap · AreaChanged · ChangeUnfinished
├─ Twice                    AlreadyThere · LinkMade · KeyMade · MemberKnown · DrawnAlready
├─ PackError                BadYaml · MissingKey · UnknownKey · DuplicateKey · NullValue · NoSuchPack
│  │                        Unmapped
│  ├─ WrongValue            PackDay
│  ├─ NoSuchReference       NoSuchClause
│  └─ RefusedInForce        OpenBlank
├─ BrokenPack               (carries all PackErrors of a pack)
├─ Hostile                  TooBig · KindNotTaken · OtherContent · Bomb · NotReadable · PhotoUnclear
│  ├─ SheetRefused          MergedCells · Formulas · ColumnsDiffer · RowsFaulty
│  └─ DataFault             DataMissing · DataTwice · DataKind · DataContent · DataUnreadable · DataEmpty
│                           DataHeader · DataHeaderMissing · ColumnMissing · ColumnTwice · ColumnUnknown
│                           ColumnType · NotADay · NotANumber · Negative · Excess · NotAmong · NotYesNo
│                           NotAClock · FailedFormula · KeyEmpty · RowTwice · RowBroken
│                           FileUnknown · NotChecked · ClassUnknown · ReadAs
│                           FiledKind · FiledBroken · FiledHuge · FiledLong · FiledEmpty · NoHeadings
│                           NoKeyColumn · CellsMerged · NoResult · StoodBefore · TooDoubtful
│                           NoTimetable · ClassTwice · PeriodUnclear · PeriodAgain
│                           LostDigits · NotAName · SeveralNames · NotALevel
├─ FaultyData               (carries all DataFaults of a folder)
├─ SetUp                    PortInUse · FolderReadOnly · FolderShut · DiskFull · SocketPathTooLong
│                           ProgramsMissing · DatabaseDown · DatabaseOld · SchemaBehind · SchemaAhead
│                           StrongRole · NoTransportSecurity · SettingWrong · SettingMissing
│                           AlreadySetUp · BackupBroken · ExtraMissing · JavaMissing · EngineFailed
│                           PartStopped
└─ Broken                   BadHead · Unsayable · BadTable · BadYear · BadTerm · NotForTheLog
   └─ ChainBroken           RowChanged · RowDropped · RowAdded · RowMoved · TailCut · Rewritten

A room may grow a branch of its own below a family; its code must be unique and its
class must be imported where ``every_error`` is asked. What programs with a key are told stands in ``keys``.
"""

from __future__ import annotations

from qingfu.base.errors.broken import (
    BadHead,
    BadTable,
    BadTerm,
    BadYear,
    Broken,
    ChainBroken,
    NotForTheLog,
    Rewritten,
    RowAdded,
    RowChanged,
    RowDropped,
    RowMoved,
    TailCut,
    Unsayable,
)
from qingfu.base.errors.deciding import (
    AlreadyThere,
    DecidedAlready,
    DemoOnly,
    FieldFault,
    Full,
    Invalid,
    Late,
    LeadTime,
    LinkMade,
    LinkSpent,
    NoSuchDay,
    NoSuchDivision,
    NotAllowed,
    NotFound,
    NotInForce,
    NotYet,
    OpinionGiven,
    SameFile,
    Sealed,
    SignInNeeded,
    SomebodyElse,
    Stale,
    TooManyQuestions,
    Twice,
    WrongState,
)
from qingfu.base.errors.draws import (
    AboveCap,
    BadNotice,
    BadShare,
    CircleClosed,
    DrawnAlready,
    MemberKnown,
    NoMatch,
    NoVisit,
    OutcomeStands,
    SecondSplit,
    SharesMissing,
)
from qingfu.base.errors.enrolment import AreaChanged, ChangeUnfinished
from qingfu.base.errors.filings import (
    CellsMerged,
    ClassTwice,
    FiledBroken,
    FiledEmpty,
    FiledHuge,
    FiledKind,
    FiledLong,
    LostDigits,
    NoHeadings,
    NoKeyColumn,
    NoResult,
    NotALevel,
    NotAName,
    NoTimetable,
    PeriodAgain,
    PeriodUnclear,
    SeveralNames,
    StoodBefore,
    TooDoubtful,
)
from qingfu.base.errors.keys import (
    KeyEnded,
    KeyHolderGone,
    KeyMade,
    KeyMissing,
    KeyRefused,
    NotJson,
    TooFast,
    WrongMethod,
)
from qingfu.base.errors.pack import (
    BadYaml,
    BrokenPack,
    DuplicateKey,
    MissingKey,
    NoSuchClause,
    NoSuchPack,
    NoSuchReference,
    NullValue,
    OpenBlank,
    PackDay,
    PackError,
    RefusedInForce,
    UnknownKey,
    Unmapped,
    WrongValue,
)
from qingfu.base.errors.root import QingfuError, every_error
from qingfu.base.errors.schooldata import (
    ClassUnknown,
    ColumnMissing,
    ColumnTwice,
    ColumnType,
    ColumnUnknown,
    DataContent,
    DataEmpty,
    DataFault,
    DataHeader,
    DataHeaderMissing,
    DataKind,
    DataMissing,
    DataTwice,
    DataUnreadable,
    Excess,
    FailedFormula,
    FaultyData,
    FileUnknown,
    KeyEmpty,
    Negative,
    NoSuchFinding,
    NotAClock,
    NotADay,
    NotAmong,
    NotANumber,
    NotChecked,
    NotYesNo,
    ReadAs,
    RowBroken,
    RowTwice,
)
from qingfu.base.errors.setup import (
    AlreadySetUp,
    BackupBroken,
    DatabaseDown,
    DatabaseOld,
    DiskFull,
    EngineFailed,
    ExtraMissing,
    FolderReadOnly,
    FolderShut,
    JavaMissing,
    NoTransportSecurity,
    PartStopped,
    PortInUse,
    ProgramsMissing,
    SchemaAhead,
    SchemaBehind,
    SettingMissing,
    SettingWrong,
    SetUp,
    SocketPathTooLong,
    StrongRole,
)
from qingfu.base.errors.uploads import (
    Bomb,
    ColumnsDiffer,
    Formulas,
    Hostile,
    KindNotTaken,
    MergedCells,
    NotReadable,
    OtherContent,
    PhotoUnclear,
    ReaderBusy,
    RowsFaulty,
    SheetRefused,
    TooBig,
)

__all__ = [
    "AboveCap", "AlreadySetUp", "AlreadyThere", "AreaChanged", "BackupBroken", "BadHead", "BadNotice", "BadShare",
    "BadTable", "BadTerm", "BadYaml", "BadYear", "Bomb", "Broken", "BrokenPack", "CellsMerged", "ChainBroken",
    "ChangeUnfinished", "CircleClosed", "ClassTwice", "ClassUnknown", "ColumnMissing", "ColumnTwice", "ColumnType",
    "ColumnUnknown", "ColumnsDiffer", "DataContent", "DataEmpty", "DataFault", "DataHeader", "DataHeaderMissing",
    "DataKind", "DataMissing", "DataTwice", "DataUnreadable", "DatabaseDown", "DatabaseOld", "DecidedAlready",
    "DemoOnly", "DiskFull", "DrawnAlready", "DuplicateKey", "EngineFailed", "Excess", "ExtraMissing", "FailedFormula",
    "FaultyData", "FieldFault", "FileUnknown", "FiledBroken", "FiledEmpty", "FiledHuge", "FiledKind", "FiledLong",
    "FolderReadOnly", "FolderShut", "Formulas", "Full", "Hostile", "Invalid", "JavaMissing", "KeyEmpty", "KeyEnded",
    "KeyHolderGone", "KeyMade", "KeyMissing", "KeyRefused", "KindNotTaken", "Late", "LeadTime", "LinkMade",
    "LinkSpent", "LostDigits", "MemberKnown", "MergedCells", "MissingKey", "Negative", "NoHeadings", "NoKeyColumn",
    "NoMatch", "NoResult", "NoSuchClause", "NoSuchDay", "NoSuchDivision", "NoSuchFinding", "NoSuchPack",
    "NoSuchReference", "NoTimetable", "NoTransportSecurity", "NoVisit", "NotAClock", "NotADay", "NotALevel",
    "NotAName", "NotANumber", "NotAllowed", "NotAmong", "NotChecked", "NotForTheLog", "NotFound", "NotInForce",
    "NotJson", "NotReadable", "NotYesNo", "NotYet", "NullValue", "OpenBlank", "OpinionGiven", "OtherContent",
    "OutcomeStands", "PackDay", "PackError", "PartStopped", "PeriodAgain", "PeriodUnclear", "PhotoUnclear",
    "PortInUse", "ProgramsMissing", "QingfuError", "ReadAs", "ReaderBusy", "RefusedInForce", "Rewritten", "RowAdded",
    "RowBroken", "RowChanged", "RowDropped", "RowMoved", "RowTwice", "RowsFaulty", "SameFile", "SchemaAhead",
    "SchemaBehind", "Sealed", "SecondSplit", "SetUp", "SettingMissing", "SettingWrong", "SeveralNames",
    "SharesMissing", "SheetRefused", "SignInNeeded", "SocketPathTooLong", "SomebodyElse", "Stale", "StoodBefore",
    "StrongRole", "TailCut", "TooBig", "TooDoubtful", "TooFast", "TooManyQuestions", "Twice", "UnknownKey", "Unmapped",
    "Unsayable", "WrongMethod", "WrongState", "WrongValue", "every_error",
]  # fmt: skip
