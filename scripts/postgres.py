"""The database server: the one that the environment names, or an embedded one under .run/."""

import json
import os
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import psycopg2
from psycopg2 import sql
from workspace import MODULE, RUN, SetupError, marked_in_use, say

DATA = RUN / "postgres"
ROLE = MODULE
DROP_ATTEMPTS = 60
LOCK_PAUSE = 0.5


@dataclass(frozen=True)
class Server:
    """How to reach PostgreSQL; empty values are left to libpq's own defaults."""

    host: str
    port: str
    user: str
    password: str

    def connect(self, database="postgres"):
        connection = psycopg2.connect(
            dbname=database,
            host=self.host or None,
            port=self.port or None,
            user=self.user or None,
            password=self.password or None,
        )
        connection.autocommit = True
        return connection

    def databases(self):
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            return {name for (name,) in cursor.fetchall()}

    def recreate(self, database):
        """Make a database anew; the old one stays where no new one could be made."""
        self._check_may_create()
        self.drop(database)
        self.create(database)

    def create(self, database):
        self._check_may_create()
        # Made here and not by Odoo, which would ask for an extension that is not always there.
        self._execute(
            "CREATE DATABASE {} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0", database
        )

    def copy(self, template, database):
        """Make a database that is equal to another one; one of that name is replaced."""
        self.drop(database)
        self._execute("CREATE DATABASE {} TEMPLATE {}", database, template)

    def note(self, database):
        """What :meth:`set_note` kept with a database; None where there is nothing."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
                (database,),
            )
            row = cursor.fetchone()
            return row and row[0]

    def set_note(self, database, text):
        """Keep a text with a database: a comment, which copies of it do not get."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            statement = sql.SQL("COMMENT ON DATABASE {} IS {}")
            cursor.execute(statement.format(sql.Identifier(database), sql.Literal(text)))

    @contextmanager
    def held(self, name, problem):
        """Hold a lock on the server for a block; a SetupError with the problem where others do."""
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            if not _lock(cursor, name):
                raise SetupError(problem)
            yield

    @contextmanager
    def awaited(self, name, waiting=lambda: None):
        """Hold a lock on the server for a block, once nobody else holds it.

        waiting : called before each new attempt; what it raises ends the waiting.
        """
        with closing(self.connect()) as connection, connection.cursor() as cursor:
            while not _lock(cursor, name):
                waiting()
                time.sleep(LOCK_PAUSE)
            yield

    def _check_may_create(self):
        with self.connect() as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, rolcreatedb OR rolsuper FROM pg_roles"
                " WHERE rolname = current_user"
            )
            role, may_create = cursor.fetchone()
        if not may_create:
            raise SetupError(
                f"The database user {role} may not create databases. Let an administrator of "
                f'PostgreSQL run: ALTER ROLE "{role}" CREATEDB; and start the command again.'
            )

    def drop(self, database):
        """Drop a database, whoever is connected to it.

        PostgreSQL's own vacuum may be, which only its superuser may end: it is waited for.
        """
        for _attempt in range(DROP_ATTEMPTS):
            try:
                self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)
                return
            except psycopg2.errors.InsufficientPrivilege:
                time.sleep(1)
        self._execute("DROP DATABASE IF EXISTS {}", database)

    def _execute(self, statement, *databases):
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, databases)))
        finally:
            connection.close()


def _lock(cursor, name):
    """Take a lock that ends with the connection; False where another connection has it."""
    cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", (name,))
    return cursor.fetchone()[0]


@contextmanager
def running_server():
    """Yield a reachable Server; an embedded one is stopped at the end.

    Where several commands use the embedded server at once, the last one stops it.
    """
    with marked_in_use():
        yield from _external() if os.environ.get("DB_HOST") else _embedded()


_KEYS = ("HOST", "PORT", "USER", "PASSWORD")


def _external():
    server = Server(*(os.environ.get(f"DB_{key}", "") for key in _KEYS))
    _check(server)
    yield server


def _check(server):
    try:
        server.connect().close()
    except psycopg2.OperationalError as error:
        raise SetupError(
            f"PostgreSQL at DB_HOST={server.host} does not answer: {str(error).strip()} Correct "
            "DB_HOST, DB_PORT, DB_USER and DB_PASSWORD, or unset DB_HOST to use the embedded one."
        ) from error


def _embedded():
    # The package looks for a private folder of the session and warns where there is none.
    runtime = RUN / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
    import pgserver

    say("starting PostgreSQL")
    try:
        embedded = pgserver.get_server(DATA, cleanup_mode="stop")
    except Exception as error:
        raise SetupError(
            f"The embedded PostgreSQL did not start: {error} Its log is {DATA / 'log'}. Remove "
            f"{DATA} to start afresh, or set DB_HOST, DB_USER and DB_PASSWORD to a server of yours."
        ) from error
    try:
        address = urlsplit(embedded.get_uri())
        host = parse_qs(address.query).get("host", [address.hostname])[0]
        administrator = Server(host, str(address.port or ""), "postgres", "")
        _ensure_role(administrator)
        yield Server(host, administrator.port, ROLE, ROLE)
    finally:
        _forget_dead_users()
        embedded.cleanup()


def _forget_dead_users():
    """A killed command stays on the package's list of users, and the server would never stop."""
    users = DATA / ".handle_pids.json"
    if users.is_file():
        users.write_text(json.dumps([pid for pid in json.loads(users.read_text()) if _lives(pid)]))


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _ensure_role(administrator):
    """Odoo refuses to run as postgres."""
    connection = administrator.connect()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (ROLE,))
            if not cursor.fetchone():
                statement = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                cursor.execute(statement.format(sql.Identifier(ROLE), sql.Literal(ROLE)))
    finally:
        connection.close()
