"""A telephone exchange on loopback, for the demonstration and the tours.

    python scripts/exchange.py [--port PORT] [--event-url URL --key KEY] [--ring SECONDS] FOLDER

starts it in a folder of its own, writes one line of JSON and runs until its input is closed:
{"url": of the WebSocket, "realm": str, "accounts": {extension: password},
"console": [words before a command of Asterisk's console], "spool": folder for call files}.
Each line of input is a client who calls, JSON with the arguments of exchange_config.call_file.
"""

import argparse
import json
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import asterisk
import exchange_config
from odoo_server import stop
from workspace import SetupError, run_main

START_SECONDS = 60
ACCOUNTS = {"101": "demo-101", "102": "demo-102", "103": "demo-103"}
MEDIA_PORTS = 200
FOLDERS = (
    "etc",
    "lib/documentation",
    "spool/outgoing",
    "spool/tmp",
    "spool/monitor",
    "run",
    "log",
    "moh",
)


class Exchange:
    """One Asterisk on 127.0.0.1.

    root : Path where it is unpacked; folder : Path, for all that it writes, removed at the start.
    """

    def __init__(self, root, folder, port=0, event_url="", key="", ring_seconds=20):
        self.root, self.folder = root, folder.absolute()
        self.port = port or free_port()
        self.accounts = ACCOUNTS
        self.event_url, self.key, self.ring_seconds = event_url, key, ring_seconds
        self.process = None
        self.console = [*asterisk.command(root), "-C", self.folder / "etc/asterisk.conf", "-rx"]

    def describe(self):
        """What a client needs to know, ready for JSON."""
        return {
            "url": f"ws://127.0.0.1:{self.port}/ws",
            "realm": exchange_config.REALM,
            "accounts": self.accounts,
            "console": [str(word) for word in self.console],
            "spool": str(self.folder / "spool"),
        }

    def prepare(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in FOLDERS:
            (self.folder / name).mkdir(parents=True)
        first = 10000 + self.port * MEDIA_PORTS % 40000
        settings = exchange_config.Settings(
            self.folder,
            asterisk.modules(self.root),
            self.root / "usr/share/asterisk",
            self.port,
            (first, first + MEDIA_PORTS),
            self.accounts,
            self.event_url,
            self.key,
            self.ring_seconds,
        )
        for name, text in exchange_config.files(settings).items():
            (self.folder / "etc" / name).write_text(text)
        (self.folder / "etc").chmod(0o700)

    @contextmanager
    def started(self):
        """Run the exchange beside us, and end it with the block."""
        self.prepare()
        log = (self.folder / "log" / "output").open("wb")
        with log:
            self.process = subprocess.Popen(
                [*self.console[:-1], "-f"], stdout=log, stderr=log, start_new_session=True
            )
            try:
                self._wait()
                yield self
            finally:
                self.console_command("core stop now")
                stop(self.process)

    def _wait(self):
        end = time.monotonic() + START_SECONDS
        while "fully booted" not in self.console_command("core waitfullybooted"):
            if self.process.poll() is not None or time.monotonic() > end:
                text = (self.folder / "log" / "output").read_text(errors="replace")
                raise SetupError(f"Asterisk did not start: {text[-2000:]}")
            time.sleep(0.2)

    def console_command(self, command):
        """What Asterisk's console answers."""
        result = subprocess.run(
            [*self.console, command], capture_output=True, text=True, check=False, errors="replace"
        )
        return result.stdout

    def call(self, extension, number, **options):
        """A client calls, see exchange_config.call_file."""
        ring(self.folder / "spool", extension, number, **options)


def ring(spool, extension, number, **options):
    """Put a call file into a spool, whole at once. spool : Path."""
    file = spool / "tmp" / f"call-{time.monotonic_ns()}"
    file.write_text(exchange_config.call_file(extension, number, **options))
    file.rename(spool / "outgoing" / file.name)


def free_port():
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description="A telephone exchange on loopback.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--event-url", default="")
    parser.add_argument("--key", default="")
    parser.add_argument("--ring", type=int, default=20)
    given = parser.parse_args()
    root = asterisk.unpacked()
    if not root.exists():
        asterisk.unpack(root)
    exchange = Exchange(root, given.folder, given.port, given.event_url, given.key, given.ring)
    with exchange.started():
        print(json.dumps(exchange.describe()), flush=True)
        for line in sys.stdin:
            exchange.call(**json.loads(line))


if __name__ == "__main__":
    run_main(main)
