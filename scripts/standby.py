"""A standby that follows the embedded PostgreSQL, for `make cluster`: PostgreSQL's own base backup
and streaming replication."""

import os
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import psycopg2
from exchange import free_port
from odoo_server import INTERFACE
from postgres import DATA
from workspace import SetupError, say

READY_SECONDS = 60
# Rows that were read, and transactions that read them.
READS = """
    SELECT tup_returned, xact_commit + xact_rollback FROM pg_stat_database WHERE datname = %s
"""


class Standby:
    """server : postgres.Server of the standby; port : on loopback."""

    def __init__(self, server, port):
        self.server = server
        self.port = port

    def address(self, database):
        """As the setting *Replica to Read From* takes it."""
        return f"postgresql://{self.server.user}@{INTERFACE}:{self.port}/{database}"

    def reads(self, database):
        """(rows read, transactions) of a database since the standby came up."""
        with closing(self.server.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(READS, (database,))
            return cursor.fetchone()


@contextmanager
def standby(server):
    """A Standby of the embedded server, to the end of the block; None beside a server of yours.

    server : postgres.Server. Raises SetupError with what PostgreSQL said where it does not come up.
    """
    if os.environ.get("DB_HOST"):
        say("no standby: DB_HOST is a server of yours")
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="standby-") as name:
        folder, port = Path(name), free_port()
        found = Standby(replace(server, host=INTERFACE, port=str(port)), port)
        with (folder / "log").open("w") as log:
            streams = {"stdout": log, "stderr": log, **_owner(folder)}
            if subprocess.run(_backup(server, folder), check=False, **streams).returncode:
                raise _failed(folder)
            process = subprocess.Popen(_serve(folder, port), **streams)
        try:
            if not _is_up(found.server, process):
                raise _failed(folder)
            yield found
        finally:
            process.terminate()
            process.wait()


def _failed(folder):
    return SetupError(f"The standby did not come up: {(folder / 'log').read_text()}")


def _backup(server, folder):
    options = {"pgdata": folder / "data", "host": server.host, "username": "postgres"}
    return [*_program("pg_basebackup", options), "--checkpoint=fast", "--write-recovery-conf"]


def _serve(folder, port):
    options = {"listen_addresses": INTERFACE, "port": port, "unix_socket_directories": folder}
    return [*_program("postgres", options), "-D", folder / "data"]


def _program(name, options):
    from pgserver._commands import POSTGRES_BIN_PATH

    return [POSTGRES_BIN_PATH / name, *(f"--{key}={text}" for key, text in options.items())]


def _owner(folder):
    """Options of a process that runs as who owns the data: PostgreSQL refuses root."""
    found = DATA.stat()
    if found.st_uid == os.geteuid():
        return {}
    os.chown(folder, found.st_uid, found.st_gid)
    return {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}


def _is_up(server, process):
    """Whether it answers in time."""
    end = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < end:
        with suppress(psycopg2.OperationalError):
            server.connect().close()
            return True
        time.sleep(0.2)
    return False
