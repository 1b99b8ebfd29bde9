"""Errors of PostgreSQL that another try mends."""

from psycopg2.errorcodes import DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE

# Another transaction changed the same rows first.
CONCURRENCY_ERRORS = (DEADLOCK_DETECTED, LOCK_NOT_AVAILABLE, SERIALIZATION_FAILURE)
