"""A database with a year of sales, trained, on the screen: `make demo`."""

import os
import runpy
import socket
import subprocess
import sys
import time
import urllib.request

from odoo_server import INTERFACE, Odoo
from postgres import running_server
from workspace import MODULE, ROOT, SetupError, digest, port_from, run_main, say

INSIDE = ROOT / "scripts" / "inside_odoo.py"
# What makes up the history: where one of these changes, the database is made anew.
HISTORY_SOURCES = (ROOT / "demo",)
ADDON_SOURCES = tuple(
    ROOT / name
    for name in [
        "__manifest__.py",
        "algorithms",
        "controllers",
        "data",
        "i18n",
        "models",
        "report",
        "security",
        "static",
        "tools",
        "views",
        "wizards",
    ]
)
HISTORY_MARK = f"{MODULE}.demo_history"
ADDON_MARK = f"{MODULE}.demo_addon"


def read_mark(server, database, name):
    """A parameter that tells how far the demo database got; None where it is not complete."""
    if database not in server.databases():
        return None
    connection = server.connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('ir_config_parameter') IS NOT NULL")
            if not cursor.fetchone()[0]:
                return None
            cursor.execute("SELECT value FROM ir_config_parameter WHERE key = %s", (name,))
            row = cursor.fetchone()
            return row and row[0]
    finally:
        connection.close()


def write_mark(server, database, name, value):
    connection = server.connect(database)
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ir_config_parameter WHERE key = %s", (name,))
            cursor.execute(
                "INSERT INTO ir_config_parameter (key, value) VALUES (%s, %s)", (name, value)
            )
    finally:
        connection.close()


def build(server, odoo):
    """Make, or bring up to date, the demo database; returns its name."""
    database = odoo.series.database("demo")
    history = digest(*HISTORY_SOURCES, odoo.series.lock_file)
    addon = digest(*ADDON_SOURCES)
    changed = read_mark(server, database, ADDON_MARK) != addon
    if read_mark(server, database, HISTORY_MARK) != history:
        say(f"making the database {database} (two to five minutes)")
        server.recreate(database)
        modules = runpy.run_path(str(ROOT / "demo" / "modules.py"))["MODULES"]
        say(f"installing {', '.join(modules)}")
        odoo.install(database, *modules, languages="en_US,fr_FR")
    elif changed:
        say("the addon has changed: upgrading it")
        odoo.run(database, "-u", MODULE, "--i18n-overwrite", "--stop-after-init")
    else:
        say(f"reusing the database {database}")
    odoo.call(INSIDE, database, *(["retrain"] if changed else []))
    # Written last: an interrupted build has no marks and is done again.
    write_mark(server, database, HISTORY_MARK, history)
    write_mark(server, database, ADDON_MARK, addon)
    return database


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((INTERFACE, port))
        except OSError as error:
            raise SetupError(
                f"Port {port} of {INTERFACE} is in use: stop what uses it, or choose another one "
                f"with 'make demo HTTP_PORT={port + 1}'."
            ) from error


def serve(odoo, database):
    """Serve until Ctrl-C, and end with the server."""
    with odoo.started(database) as process:
        wait_until_ready(process, odoo.http_port)
        say(f"serving on http://{INTERFACE}:{odoo.http_port} — Ctrl-C stops it")
        code = process.wait()
    if code:
        raise SetupError(f"Odoo ended with code {code}; the reason is in the log above.")


def wait_until_ready(process, port, seconds=120):
    for _attempt in range(seconds * 2):
        if process.poll() is not None:
            raise SetupError("Odoo did not start; the reason is in the log above.")
        try:
            # A static file makes Odoo read every manifest, which some versions of CPython 3.11 do
            # not survive in several threads at once (SystemError in ast.parse).
            url = f"http://{INTERFACE}:{port}/web/static/img/favicon.ico"
            urllib.request.urlopen(url, timeout=30).close()
            return
        except OSError:
            time.sleep(0.5)
    raise SetupError(f"Odoo did not answer within {seconds} seconds; see the log above.")


def main():
    serving = os.environ.get("SERVE", "1") != "0" and "--shell" not in sys.argv
    port = port_from("HTTP_PORT", 8069)
    if serving:
        check_port(port)
    with running_server() as server:
        odoo = Odoo(server, port)
        if "--shell" in sys.argv:
            subprocess.run(
                odoo.command(odoo.series.database("demo"), "shell", "--no-http"),
                env=odoo.environment(),
                check=False,
            )
            return
        database = build(server, odoo)
        if serving:
            serve(odoo, database)


if __name__ == "__main__":
    run_main(main)
