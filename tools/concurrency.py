"""Errors of PostgreSQL that another try mends."""

from psycopg2.errorcodes import DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE
from psycopg2.errors import SerializationFailure

from odoo import sql_db

# Another transaction changed the same rows first.
CONCURRENCY_ERRORS = (DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE)


class OutdatedError(SerializationFailure):
    """Others have committed what this transaction would have to know, and cannot see any more.

    Odoo begins a request that ends with it again, as after a failure of PostgreSQL's own: 17 goes
    by the code, 19 by the class.
    """

    pgcode = SERIALIZATION_FAILURE


def check_up_to_date(env, newest, *values):
    """Raise OutdatedError where rows were committed that this transaction began too early to see.

    For whoever searches and then creates, under a lock. newest : statement that gives the
    largest id of the rows that count, or nothing; values : its parameters.
    """
    env.flush_all()
    env.cr.execute(newest, values)
    seen = env.cr.fetchone()[0] or 0
    with sql_db.db_connect(env.cr.dbname).cursor() as cr:
        cr.execute(newest, values)
        if (cr.fetchone()[0] or 0) > seen:
            raise OutdatedError("Somebody else has done the same meanwhile.")
