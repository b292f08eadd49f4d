"""``qingfu serve``: checks everything that can be checked first, then becomes the supervisor."""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qingfu.base.errors import DatabaseDown, NoTransportSecurity, PortInUse, SettingWrong
from qingfu.base.words import N_, Word
from qingfu.project import databases, embedded, environment, prepare, roles, secret_key
from qingfu.project.speech import say
from qingfu.project.supervisor import Order

serve = typer.Typer(add_completion=False)


@dataclass(frozen=True)
class Serving:
    """Where and how to serve. ``banner`` is printed once the pages are there; it never stands in an argument."""

    host: str = "127.0.0.1"
    port: int = 8000
    certificate: str = ""
    key: str = ""
    behind_proxy: bool = False
    demo: bool = False
    banner: str = ""

    @property
    def tls(self) -> bool:
        """Whether we carry TLS ourselves."""
        return bool(self.certificate)

    @property
    def address(self) -> str:
        """The address people open."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}/"


@serve.command(help=say(N_("Serve the pages and run the clock.")))
def run(
    host: Annotated[str, typer.Option(help=say(N_("The address to serve on.")))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=say(N_("The port to serve on; PORT sets it too.")))] = 0,
    certificate: Annotated[str, typer.Option(help=say(N_("A file with the certificate (PEM).")))] = "",
    key: Annotated[str, typer.Option(help=say(N_("A file with its key (PKCS#8).")))] = "",
    behind_proxy: Annotated[bool, typer.Option(help=say(N_("A proxy in front carries TLS.")))] = False,
) -> None:
    """Serve until told to stop."""
    proxied = behind_proxy or environment.flag("QINGFU_BEHIND_PROXY")
    begin(Serving(host, port or environment.number("PORT"), certificate, key, proxied))


def begin(serving: Serving) -> NoReturn:
    """Check, prepare and become the supervisor; never returns.

    Raises NoTransportSecurity, PortInUse, StrongRole, SettingWrong, or whatever keeps the
    database from starting.
    """
    check_transport(serving)
    check_port(serving.host, serving.port)
    databases.ready()
    data = environment.data_folder()
    secret_key.ensure(data)
    check_roles()
    _surround(serving)
    prepare.in_own_process(migrate=databases.is_embedded())
    order = Order(
        host=serving.host,
        port=serving.port,
        workers=max(1, environment.number("QINGFU_WORKERS")),
        certificate=serving.certificate,
        key=serving.key,
        socket=f"{embedded.socket_folder(data)}{embedded.SOCKET_NAME}" if databases.is_embedded() else "",
        banner=_through_pipe(serving.banner) if serving.banner else -1,
        ready=say(N_("Qingfu is served at {address}"), address=serving.address),
    )
    # A fresh interpreter without any of our libraries: the supervisor stays for months.
    os.execv(sys.executable, [sys.executable, "-m", "qingfu.project.supervisor", order.word()])  # noqa: S606


def check_transport(serving: Serving) -> None:
    """Refuse an address that others can reach without TLS or a declared proxy."""
    if serving.tls != bool(serving.key):
        raise SettingWrong(setting="--key", value=serving.key, expected=Word(N_("a certificate and its key together")))
    for option, path in (("--certificate", serving.certificate), ("--key", serving.key)):
        if path and not Path(path).is_file():
            raise SettingWrong(setting=option, value=path, expected=Word(N_("a file")))
    if not (is_loopback(serving.host) or serving.tls or serving.behind_proxy):
        raise NoTransportSecurity(address=serving.host)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def check_port(host: str, port: int) -> None:
    """Raise PortInUse when somebody listens there already."""
    if not 0 < port < 65536:
        raise SettingWrong(setting="PORT", value=str(port), expected="1 – 65535")
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            raise PortInUse(port=port, other=port + 1) from fault
        raise SettingWrong(setting="--host / --port", value=f"{host}:{port}", expected="127.0.0.1:8000") from fault


def check_roles() -> None:
    """Raise StrongRole unless web and portal are weak; DatabaseDown when they cannot be asked."""
    import psycopg

    for address in (databases.web(), databases.portal()):
        try:
            roles.check_weak(address)
        except psycopg.OperationalError as fault:
            raise DatabaseDown(where=address.spoken) from fault


def _surround(serving: Serving) -> None:
    """Set what the children must know; the owner's address is not for them."""
    chosen = {
        "QINGFU_TLS": serving.tls,
        "QINGFU_BEHIND_PROXY": serving.behind_proxy,
        "QINGFU_DEMO": serving.demo,
    }
    os.environ.update({name: "1" if value else "" for name, value in chosen.items()})
    for name in ("DATABASE_OWNER_URL", "DATABASE_OWNER_URL_FILE"):
        os.environ.pop(name, None)
    # Each worker thread would keep a heap of its own: some 10 MB a process that nobody gets back.
    os.environ.setdefault("MALLOC_ARENA_MAX", "1")


def _through_pipe(text: str) -> int:
    """The reading end of a pipe that holds ``text``, kept open across exec; passwords stay out of arguments."""
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    os.write(writing, text.encode())
    os.close(writing)
    return reading
