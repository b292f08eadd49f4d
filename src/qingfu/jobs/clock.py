"""The process that ticks: one worker of procrastinate over few connections."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

CONNECTIONS = 3


def run() -> None:
    """Work until told to stop; every task is short, so one at a time is enough."""
    _work(wait=True)


def work_off() -> None:
    """Do what waits now, and return."""
    _work(wait=False)


def _work(*, wait: bool) -> None:
    connector = PsycopgConnector(min_size=1, max_size=CONNECTIONS, kwargs=connector_params("default"))
    with app.replace_connector(connector) as worker:
        worker.run_worker(
            wait=wait,
            concurrency=1,
            delete_jobs="always",
            shutdown_graceful_timeout=10,
            install_signal_handlers=wait,
        )
