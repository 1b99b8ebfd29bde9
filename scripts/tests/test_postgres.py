from contextlib import closing

import postgres
import psycopg2
import pytest
from postgres import Server
from workspace import SetupError


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


class Locks:
    """A connection, and its cursor, whose lock others hold for some attempts."""

    def __init__(self, attempts):
        self.answers = [*[False] * attempts, True]
        self.closed = False

    def cursor(self):
        return closing(self)

    def execute(self, _statement, _name):
        assert not self.closed

    def fetchone(self):
        return (self.answers.pop(0),)

    def close(self):
        self.closed = True


@pytest.fixture
def locks(monkeypatch):
    """Make a server of such locks, on which nobody sleeps."""
    monkeypatch.setattr(postgres.time, "sleep", lambda _seconds: None)

    def make(attempts):
        connection = Locks(attempts)
        monkeypatch.setattr(Server, "connect", lambda _self: connection)
        return Server("", "", "", ""), connection

    return make


def test_a_lock_that_others_hold_is_awaited_and_kept_for_the_block(locks):
    server, connection = locks(2)
    waited = []
    with server.awaited("a", lambda: waited.append(1)):
        assert not connection.closed
    assert connection.closed
    assert waited == [1, 1]


def test_waiting_for_a_lock_ends_where_the_run_does(locks):
    def stopped():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), locks(2)[0].awaited("a", stopped):
        pytest.fail("the lock was not ours")


def test_a_lock_that_nobody_waits_for_is_refused_with_the_remedy(locks):
    with locks(0)[0].held("a", "Wait."):
        pass
    with pytest.raises(SetupError, match="Wait"), locks(1)[0].held("a", "Wait."):
        pytest.fail("the lock was not ours")
