import postgres
import psycopg2
import pytest
from postgres import Server


class Busy(Server):
    """A server whose vacuum is at the database for some attempts to drop it."""

    def __init__(self, busy):
        super().__init__("", "", "", "")
        object.__setattr__(self, "busy", busy)
        object.__setattr__(self, "statements", [])

    def _execute(self, statement, *_databases):
        self.statements.append(statement)
        if len(self.statements) <= self.busy:
            raise psycopg2.errors.InsufficientPrivilege


@pytest.mark.parametrize(("busy", "tries"), [(0, 1), (2, 3), (postgres.DROP_ATTEMPTS, 61)])
def test_a_database_that_is_vacuumed_is_dropped_afterwards(monkeypatch, busy, tries):
    monkeypatch.setattr(postgres.time, "sleep", lambda _seconds: None)
    server = Busy(busy)
    server.drop("a")
    assert len(server.statements) == tries
