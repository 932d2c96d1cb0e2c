"""The ``utm`` command for pages, from a process that has loaded the library already.

Loading takes longer than most commands of a page. So a server loads the modules once, and for
each call forks a child that takes over the caller's arguments, directory, environment and
streams. Every command still has a process of its own; only the loading is shared. That the
installed command gives the same is a test of its own.
"""

import atexit
import contextlib
import functools
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

from pendulum import Date

__all__ = ["ready_command"]

USED_BY_COMMANDS = (
    "highspy",
    "holidays.countries",
    "icalendar",
    "jinja2",
    "networkx",
    "rich.console",
    "rich.progress",
    "rich.table",
    "Stemmer",
    "utm.interchange",
    "utm.pairing.solving",
    "utm.programme",
    "utm.reference",
    "utm.report",
)
LAST_DAY_OF_PAGES = Date(2027, 1, 1)
CALLER = """\
#!{python} -IS
import array, json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    call = {{"arguments": sys.argv[1:], "directory": os.getcwd(), "environment": dict(os.environ)}}
    socket.send_fds(server, [b"?"], [0, 1, 2])
    server.sendall(json.dumps(call).encode() + b"\\n")
    answer = server.makefile().readline()
sys.exit(int(answer) if answer else "the command ended without an exit code")
"""


@functools.cache
def ready_command() -> Path:
    """Start the server of this process, once, and give the directory of its ``utm``."""
    folder = tempfile.TemporaryDirectory(prefix="utm-ready-")
    directory = Path(folder.name)
    server = subprocess.Popen(
        [sys.executable, __file__, directory / "socket"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    assert server.stdout.readline() == b"ready\n"
    caller = directory / "utm"
    caller.write_text(
        CALLER.format(python=sys.executable, address=str(directory / "socket")), encoding="utf-8"
    )
    caller.chmod(0o755)

    def end() -> None:
        server.communicate()  # the end of its input is the end of the server
        folder.cleanup()

    atexit.register(end)
    return directory


def serve(address: str) -> None:
    """Answer calls until the input ends."""
    import utm.cli
    from utm.cli import clock

    for module in pkgutil.iter_modules(utm.cli.__path__):
        importlib.import_module(f"utm.cli.{module.name}")
    for name in USED_BY_COMMANDS:
        importlib.import_module(name)
    clock.today = lambda: LAST_DAY_OF_PAGES  # what pages record has happened on every machine
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are not waited for
    with socket.socket(socket.AF_UNIX) as calls:
        calls.bind(address)
        calls.listen()
        os.write(sys.stdout.fileno(), b"ready\n")
        while True:
            readable, _, _ = select.select([calls, sys.stdin], [], [])
            if sys.stdin in readable:
                return
            call, _ = calls.accept()
            if os.fork() == 0:
                calls.close()
                answer(call)
            call.close()


def answer(call: socket.socket) -> NoReturn:
    """Run one command as its caller would, tell its exit code, and end this child."""
    from utm.cli import run

    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _, streams, _, _ = socket.recv_fds(call, 1, 3)
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        with call.makefile(encoding="utf-8") as lines:
            asked = json.loads(lines.readline())
        os.chdir(asked["directory"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["utm", *asked["arguments"]]
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
            for number, mode in enumerate("rww")
        )
        try:
            run()
        except SystemExit as ended:
            code = int(ended.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        with contextlib.suppress(OSError):
            call.sendall(f"{code}\n".encode())
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
