"""Reading the sales history from a replica of the database, so that training leaves it to those who
sell. Nothing is ever written there: each of its transactions is read-only.

Methods that read through ``history`` ask ``cursor`` for theirs. Without a replica, and after one is
lost, that is the one they have anyway.
"""

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import wraps

from psycopg2 import Error, OperationalError, ProgrammingError

from odoo import sql_db

from .compat import replica_cursor

# What was sold a minute ago may be missing from a training.
MOST_SECONDS_BEHIND = 60
CONNECT_SECONDS = 5
UUID = "SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'"

_replica = ContextVar("replica", default=None)


class ReplicaError(Exception):
    """A replica that cannot be used. cause : "unreachable", "other" (another database) or "late";
    detail : str, number of seconds where it is late."""

    def __init__(self, cause, detail=""):
        super().__init__(f"{cause}: {detail}")
        self.cause = cause
        self.detail = detail


class Replica:
    """A replica in use. lost : str, why it is no longer, empty while it is; reads : int."""

    def __init__(self, cr):
        self.cr = cr
        self.lost = ""
        self.reads = 0
        self.is_reading = False

    @contextmanager
    def snapshot(self):
        """One read: a transaction of its own, which holds up neither vacuum nor replay for long."""
        self.cr.execute("SET TRANSACTION READ ONLY")
        self.is_reading = True
        try:
            yield
            self.reads += 1
        finally:
            self.is_reading = False
            # One that is lost has nothing to end.
            with suppress(Error):
                self.cr.rollback()


@contextmanager
def reading(cr, address):
    """Replica for the reads of this thread, to the end of the block.

    cr : cursor of the database; address : str, "postgresql://…" of its replica, or empty for the
    one that Odoo's configuration names. Yields None where that names none. Raises ReplicaError
    where it does not answer, is late, or is a copy of another database.
    """
    try:
        reader = _connect(address) if address else replica_cursor(cr.dbname)
    except OperationalError as error:
        raise ReplicaError("unreachable", str(error).strip()) from error
    if reader is None:
        yield None
        return
    try:
        _check(cr, reader)
        found = Replica(reader)
        token = _replica.set(found)
        try:
            yield found
        finally:
            _replica.reset(token)
    finally:
        with suppress(Error):
            reader.close()


def history(method):
    """Decorator of methods that read nothing but what was committed long ago."""

    @wraps(method)
    def wrapper(*arguments, **named):
        found = _replica.get()
        if not found or found.lost or found.is_reading:
            return method(*arguments, **named)
        try:
            with found.snapshot():
                return method(*arguments, **named)
        except OperationalError as error:
            found.lost = str(error).strip()
            return method(*arguments, **named)

    return wrapper


def cursor(env):
    """The cursor to read history with, of the replica or of an environment."""
    found = _replica.get()
    return found.cr if found and found.is_reading else env.cr


def _connect(address):
    if "connect_timeout" not in address:
        address += f"{'&' if '?' in address else '?'}connect_timeout={CONNECT_SECONDS}"
    return sql_db.db_connect(address, allow_uri=True).cursor()


def _check(cr, reader):
    try:
        is_copy = _value(cr, UUID) == _value(reader, UUID)
    except ProgrammingError as error:  # no Odoo at all
        raise ReplicaError("other") from error
    if not is_copy:
        raise ReplicaError("other")
    if not _value(reader, "SELECT pg_is_in_recovery()"):
        reader.rollback()
        return
    # A replica that has all there is, is not late, however long nobody has written.
    written = _value(cr, "SELECT pg_current_wal_lsn()")
    reader.execute(
        "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn,"
        " extract(epoch FROM now() - pg_last_xact_replay_timestamp())::int",
        [written],
    )
    has_all, behind = reader.fetchone()
    reader.rollback()
    if not has_all and (behind is None or behind > MOST_SECONDS_BEHIND):
        raise ReplicaError("late", str(behind))


def _value(cr, query):
    cr.execute(query, log_exceptions=False)
    return cr.fetchone()[0]
