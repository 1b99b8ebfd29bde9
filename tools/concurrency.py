"""Errors of PostgreSQL that another try mends."""

from psycopg2 import OperationalError
from psycopg2.errorcodes import DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE

# Another transaction changed the same rows first.
CONCURRENCY_ERRORS = (DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE)


class OutdatedError(OperationalError):
    """Others have committed what this transaction would have to know, and cannot see any more.

    Odoo begins a request that ends with it again, as after a failure of PostgreSQL's own.
    """

    pgcode = SERIALIZATION_FAILURE
