"""`orbitquiz serve`: many rooms in one service."""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

from orbitquiz.classroom.address import PORT
from orbitquiz.cli.database import database_errors
from orbitquiz.cli.environment import collect_rarely, data_folder
from orbitquiz.cli.errors import UsageError
from orbitquiz.cli.output import say
from orbitquiz.serving.errors import CannotListen
from orbitquiz.serving.limits import Limits
from orbitquiz.serving.logs import log_to
from orbitquiz.serving.proxies import LOOPBACK, Proxies
from orbitquiz.serving.service import Service, ServiceOptions, serve_until_told


def run(arguments: argparse.Namespace) -> int:
    """Serve rooms until told to stop. Return the exit code."""
    collect_rarely()
    gc.freeze()
    gc.enable()  # see `cli.main`
    options = ServiceOptions(
        folder=data_folder(arguments.data),
        port=PORT if arguments.port is None else arguments.port,
        lan=arguments.lan,
        tokens=arguments.tokens,
        database=arguments.database,
        node_host=arguments.node_host,
        ssh=arguments.ssh,
        keep=arguments.keep,
        proxies=Proxies(tuple(arguments.trusted_proxy), arguments.path or ""),
        metrics_from=(*LOOPBACK, *arguments.metrics_from),
        limits=Limits(rooms=arguments.rooms, players=arguments.players),
    )
    if options.database is not None and options.tokens is None:
        raise UsageError("all nodes need the same host tokens: name their file with --tokens")
    if options.node_host is not None and options.database is None:
        raise UsageError("--node-host is for nodes that share rooms, so it needs --database too")
    log_to()
    try:
        with database_errors(), _ssh_errors():
            asyncio.run(serve_until_told(options, lambda service: _announce(service, options)))
    except (CannotListen, ValueError) as error:
        raise UsageError(str(error)) from error
    except OSError as error:
        raise UsageError(_why(options, error)) from error
    return 0


@contextmanager
def _ssh_errors() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "asyncssh":
            raise
        words = "--ssh needs the package asyncssh; install it with: pip install 'orbitquiz[ssh]'"
        raise UsageError(words) from error


def _announce(service: Service, options: ServiceOptions) -> None:
    say(f"Rooms are served at port {service.port}. Stop with Ctrl+C.", at_once=True)
    if service.ssh_port is not None:
        say(f"By ssh: ssh -p {service.ssh_port} play@HOST", at_once=True)
    say(f"The host token is in {options.tokens_file}.", at_once=True)


def _why(options: ServiceOptions, error: OSError) -> str:
    if error.filename is not None:
        return f"cannot use {error.filename}: {error.strerror}; name another folder with --data"
    why = os.strerror(error.errno) if error.errno else error
    return f"cannot listen at port {options.port}: {why}; choose another one with --port"
