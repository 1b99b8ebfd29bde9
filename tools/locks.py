"""Advisory locks of PostgreSQL: one holder at a time of something that a company has once.

They lock a name and no row, so that nobody who sells waits for them. A lock has two signed 32-bit
numbers: a digest of the name, and the company's id. Two names of one digest would wait for each
other and no more. Nobody waits for long work: who finds its lock taken leaves it to its holder.
"""

import zlib
from contextlib import contextmanager

from odoo import sql_db


def key(name, company):
    """The two numbers of a company's lock. name : str."""
    return zlib.crc32(name.encode()) - 2**31, company.id


def acquire(cr, name, company):
    """Take a company's lock to the end of a transaction. Returns whether it was free."""
    cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", key(name, company))
    return cr.fetchone()[0]


def await_turn(cr, name, company):
    """Take a company's lock to the end of a transaction, after whoever has it.

    For work of milliseconds. What the one before has committed stays unseen: the transaction reads
    what was there when it began.
    """
    cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", key(name, company))


@contextmanager
def held(name, company):
    """Hold a company's lock; yields whether it was free.

    It lives on a connection of its own: so it survives the commits of the work, and ends with the
    block, with the process and with its connection, whatever has failed. A cursor of the registry
    would be the test's own under test.
    """
    with sql_db.db_connect(company.env.cr.dbname).cursor() as cr:
        yield acquire(cr, name, company)


def training(company, kind):
    """Hold the lock of a company's trainings of one kind, as ``held`` does.

    Whoever writes the rows of such a training takes it too, or one of the two would begin again.
    """
    return held(_of_training(kind), company)


def is_training(company, kind):
    """Whether somebody holds the lock of a company's trainings of one kind; takes none."""
    # PostgreSQL shows the numbers without their signs.
    numbers = [number % 2**32 for number in key(_of_training(kind), company)]
    company.env.cr.execute(
        """
        SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
         WHERE datname = current_database() AND locktype = 'advisory'
           AND classid::bigint = %s AND objid::bigint = %s AND granted
        """,
        numbers,
    )
    return bool(company.env.cr.fetchone()[0])


def _of_training(kind):
    return f"ai.training.run.{kind}"
