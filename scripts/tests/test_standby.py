"""A standby that follows an embedded server of its own."""

import time
from contextlib import closing

import postgres
import pytest
import standby
import workspace

WAIT_SECONDS = 60


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.delenv("DB_HOST", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for module in (workspace, postgres):
        monkeypatch.setattr(module, "RUN", tmp_path)
    for module in (postgres, standby):
        monkeypatch.setattr(module, "DATA", tmp_path / "postgres")
    with postgres.running_server() as server:
        yield server


def asked(server, query):
    with closing(server.connect("shop")) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_a_standby_has_what_was_written_and_says_what_was_read(server):
    server.create("shop")
    with closing(server.connect("shop")) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE sold AS SELECT generate_series(1, 500)")
        with standby.standby(server) as follower:
            cursor.execute("INSERT INTO sold VALUES (501)")
            assert follower.address("shop").endswith(f":{follower.port}/shop")
            assert asked(follower.server, "SELECT pg_is_in_recovery()") == [(True,)]
            end = time.monotonic() + WAIT_SECONDS
            while len(asked(follower.server, "SELECT * FROM sold")) < 501:
                assert time.monotonic() < end, "it does not follow"
            rows, transactions = follower.reads("shop")
            assert rows > 501
            assert transactions > 0


def test_beside_a_server_of_yours_there_is_none(monkeypatch, capsys):
    monkeypatch.setenv("DB_HOST", "db.example")
    with standby.standby(postgres.Server("db.example", "", "", "")) as follower:
        assert follower is None
    assert "no standby" in capsys.readouterr().out
