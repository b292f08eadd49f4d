"""Errors of the installation: what is wrong, and the line that mends it."""

from __future__ import annotations

from qingfu.base.errors.root import QingfuError
from qingfu.base.words import N_


class SetUp(QingfuError):
    """The machine or its settings are not as Qingfu needs them. Facts: problem, mend."""

    code = "QF-SETUP"
    says = N_("The installation is not ready: {problem}.")
    do = N_("Run this line: {mend}")


class PortInUse(SetUp):
    """Facts: port."""

    code = "QF-PORT"
    says = N_("Port {port} is in use by another program.")
    do = N_("Choose another port: put PORT={other} before the command.")


class FolderReadOnly(SetUp):
    """Facts: folder."""

    code = "QF-FOLDER-READ-ONLY"
    says = N_("The data folder cannot be written to: {folder}.")
    do = N_("Give this user the right to write there, or choose another folder with QINGFU_DATA.")


class FolderShut(SetUp):
    """A folder on the way to the programs that the database user cannot pass. Facts: folder, user."""

    code = "QF-FOLDER-SHUT"
    says = N_("The database user {user} cannot pass through {folder}.")
    do = N_("Run this line: chmod o+x {folder} — or install outside that folder.")


class DiskFull(SetUp):
    """Facts: folder, free."""

    code = "QF-DISK-FULL"
    says = N_("The disk is full: {folder} has {free} left.")
    do = N_("Free some space; what was acknowledged is kept.")


class SocketPathTooLong(SetUp):
    """A UNIX socket path has at most 107 bytes. Facts: path."""

    code = "QF-SOCKET-PATH"
    says = N_("The path of the database socket is too long: {path}.")
    do = N_("Choose a shorter folder with QINGFU_RUN.")


class ProgramsMissing(SetUp):
    """The embedded database's programs are not installed."""

    code = "QF-DATABASE-PROGRAMS"
    says = N_("The programs of the embedded database were not found.")
    do = N_("Install the requirements again, or set DATABASE_URL to a PostgreSQL of version 15 or later.")


class DatabaseDown(SetUp):
    """No answer from the database. Facts: where."""

    code = "QF-DATABASE-DOWN"
    says = N_("The database does not answer: {where}.")
    do = N_("Nothing acknowledged is lost. Wait a moment and try again; qingfu doctor says more.")


class DatabaseOld(SetUp):
    """Facts: version, needed."""

    code = "QF-DATABASE-OLD"
    says = N_("The database is version {version}; {needed} or later is needed.")
    do = N_("Move to a newer PostgreSQL.")


class SchemaBehind(SetUp):
    """Tables older than the program. Facts: missing."""

    code = "QF-SCHEMA-BEHIND"
    says = N_("The tables are older than the program: {missing}.")
    do = N_("Make a backup, then run this line: qingfu db migrate")


class SchemaAhead(SetUp):
    """Tables newer than the program. Facts: unknown."""

    code = "QF-SCHEMA-AHEAD"
    says = N_("The tables are newer than the program: {unknown}.")
    do = N_("Install the version that made them, or restore a backup.")


class StrongRole(SetUp):
    """Serving refuses a role that owns tables or bypasses row-level security. Facts: role."""

    code = "QF-STRONG-ROLE"
    says = N_("The role {role} owns tables or bypasses row-level security, so serving is refused.")
    do = N_("Serve as the weak role: DATABASE_URL names it, DATABASE_OWNER_URL is for migrations only.")


class NoTransportSecurity(SetUp):
    """A non-loopback address without TLS or a declared proxy. Facts: address."""

    code = "QF-NO-TLS"
    says = N_("Serving on {address} without TLS is refused.")
    do = N_("Give a certificate, or declare the proxy in front that carries TLS.")


class SettingWrong(SetUp):
    """Facts: setting, value, expected."""

    code = "QF-SETTING"
    says = N_("The setting {setting} cannot be “{value}”; expected: {expected}.")
    do = N_("Correct the setting and start again.")


class SettingMissing(SetUp):
    """Facts: setting."""

    code = "QF-SETTING-MISSING"
    says = N_("The setting {setting} is missing.")
    do = N_("Set it and start again; the settings page of the manual says what it holds.")


class AlreadySetUp(SetUp):
    """Facts: bureau."""

    code = "QF-ALREADY-SET-UP"
    says = N_("This installation has its first bureau already: {bureau}.")
    do = N_("Invite people from inside, or use a fresh database.")


class BackupBroken(SetUp):
    """Facts: file, reason."""

    code = "QF-BACKUP"
    says = N_("The backup cannot be restored: {file}: {reason}.")
    do = N_("Nothing was changed. Use another backup.")


class ExtraMissing(SetUp):
    """An optional part is not installed. Facts: extra."""

    code = "QF-EXTRA"
    says = N_("This needs the optional part “{extra}”.")
    do = N_("Run this line: pip install 'qingfu[{extra}]'")


class JavaMissing(SetUp):
    """Spark runs on Java."""

    code = "QF-JAVA"
    says = N_("Spark needs Java 17, which was not found.")
    do = N_("On Debian or Ubuntu run this line: sudo apt-get install -y openjdk-17-jre-headless — or set JAVA_HOME.")


class EngineFailed(SetUp):
    """Another engine than DuckDB did not judge. Facts: engine, reason."""

    code = "QF-ENGINE"
    says = N_("{engine} could not judge: {reason}.")
    do = N_("Nothing was changed there. Mend that, or judge with --engine duckdb.")


class PartStopped(SetUp):
    """A process died where it must not. Facts: what."""

    code = "QF-PROCESS"
    says = N_("A part of the program stopped: {what}.")
    do = N_("Start it again; what was acknowledged is kept.")
