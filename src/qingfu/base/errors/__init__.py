"""The tree of all that can go wrong, a code for each.

QingfuError                 QF-ERROR
├─ NotAllowed               SignInNeeded · SomebodyElse · Sealed · LinkSpent · DemoOnly
├─ NotFound                 NoSuchDivision
├─ WrongState               DecidedAlready · OpinionGiven · NotYet · NotInForce
├─ Stale
├─ Late                     LeadTime
├─ Full
├─ Invalid                  NoSuchDay · SameFile
├─ Twice                    AlreadyThere
├─ PackError                BadYaml · MissingKey · UnknownKey · DuplicateKey · NullValue · NoSuchPack
│  │                        Unmapped
│  ├─ WrongValue            PackDay
│  ├─ NoSuchReference       NoSuchClause
│  └─ RefusedInForce        OpenBlank
├─ BrokenPack               (carries all PackErrors of a pack)
├─ Hostile                  TooBig · KindNotTaken · OtherContent · Bomb · NotReadable
│  └─ SheetRefused          MergedCells · Formulas · ColumnsDiffer · RowsFaulty
├─ SetUp                    PortInUse · FolderReadOnly · FolderShut · DiskFull · SocketPathTooLong
│                           ProgramsMissing · DatabaseDown · DatabaseOld · SchemaBehind · SchemaAhead
│                           StrongRole · NoTransportSecurity · SettingWrong · SettingMissing
│                           AlreadySetUp · BackupBroken · ExtraMissing · PartStopped
└─ Broken                   BadHead · Unsayable · BadTable · BadYear · BadTerm · NotForTheLog
   └─ ChainBroken           RowChanged · RowDropped · RowAdded · RowMoved · TailCut · Rewritten

A room may grow a branch of its own below a family; its code must be unique and its
class must be imported where ``every_error`` is asked.
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
    Twice,
    WrongState,
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
from qingfu.base.errors.setup import (
    AlreadySetUp,
    BackupBroken,
    DatabaseDown,
    DatabaseOld,
    DiskFull,
    ExtraMissing,
    FolderReadOnly,
    FolderShut,
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
    RowsFaulty,
    SheetRefused,
    TooBig,
)

__all__ = [
    "AlreadySetUp",
    "AlreadyThere",
    "BackupBroken",
    "BadHead",
    "BadTable",
    "BadTerm",
    "BadYaml",
    "BadYear",
    "Bomb",
    "Broken",
    "BrokenPack",
    "ChainBroken",
    "ColumnsDiffer",
    "DatabaseDown",
    "DatabaseOld",
    "DecidedAlready",
    "DemoOnly",
    "DiskFull",
    "DuplicateKey",
    "ExtraMissing",
    "FieldFault",
    "FolderReadOnly",
    "FolderShut",
    "Formulas",
    "Full",
    "Hostile",
    "Invalid",
    "KindNotTaken",
    "Late",
    "LeadTime",
    "LinkSpent",
    "MergedCells",
    "MissingKey",
    "NoSuchClause",
    "NoSuchDay",
    "NoSuchDivision",
    "NoSuchPack",
    "NoSuchReference",
    "NoTransportSecurity",
    "NotAllowed",
    "NotForTheLog",
    "NotFound",
    "NotInForce",
    "NotReadable",
    "NotYet",
    "NullValue",
    "OpenBlank",
    "OpinionGiven",
    "OtherContent",
    "PackDay",
    "PackError",
    "PartStopped",
    "PortInUse",
    "ProgramsMissing",
    "QingfuError",
    "RefusedInForce",
    "Rewritten",
    "RowAdded",
    "RowChanged",
    "RowDropped",
    "RowMoved",
    "RowsFaulty",
    "SameFile",
    "SchemaAhead",
    "SchemaBehind",
    "Sealed",
    "SetUp",
    "SettingMissing",
    "SettingWrong",
    "SheetRefused",
    "SignInNeeded",
    "SocketPathTooLong",
    "SomebodyElse",
    "Stale",
    "StrongRole",
    "TailCut",
    "TooBig",
    "Twice",
    "UnknownKey",
    "Unmapped",
    "Unsayable",
    "WrongState",
    "WrongValue",
    "every_error",
]  # fmt: skip
