"""Workers part from a server that has loaded the application: nothing may run or be open in it by then."""

from __future__ import annotations

import json
import subprocess
import sys

LOADED = """
import json, os, sys, threading
from qingfu.project import web_server
web_server.load()
from django.db import connections
held = [f"/proc/self/fd/{one}" for one in os.listdir("/proc/self/fd")]
links = [os.readlink(one) for one in held if os.path.lexists(one)]
print(json.dumps({
    "threads": threading.active_count(),
    "sockets": [link for link in links if link.startswith("socket:")],
    "open": [one.alias for one in connections.all() if one.connection is not None],
    "pages": "qingfu.web.inbox" in sys.modules,
}))
"""


def test_a_loaded_server_has_one_thread_and_no_connection() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"threads": 1, "sockets": [], "open": [], "pages": True}
