"""The database of the demonstration: made where it is missing, and brought up to date.

`SMALL=1` takes a tenth of the orders and a database of its own, on a copy of the one that tests
keep with Odoo's modules: for whoever wants to see that all runs, and not what is found.
"""

import os
import runpy

from crew import Crew
from templates import DEPENDS, Workshop
from workspace import MODULE, ROOT, digest, say

FULL, SMALL = "demo", "demo_small"
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


def is_small():
    return os.environ.get("SMALL", "") not in ("", "0")


def name_for(series):
    """The demonstration's database; the small one has its own."""
    return series.database(SMALL if is_small() else FULL)


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
    database = name_for(odoo.series)
    history = digest(*HISTORY_SOURCES, odoo.series.lock_file)
    addon = digest(*ADDON_SOURCES)
    changed = read_mark(server, database, ADDON_MARK) != addon
    if read_mark(server, database, HISTORY_MARK) != history:
        create(server, odoo, database)
    elif changed:
        say("the addon has changed: upgrading it")
        odoo.run(database, "-u", MODULE, "--i18n-overwrite", "--stop-after-init")
    else:
        say(f"reusing the database {database}")
    wishes = {"retrain": changed, "small": is_small()}
    odoo.call(INSIDE, database, *(wish for wish, wanted in wishes.items() if wanted))
    # Written last: an interrupted build has no marks and is done again.
    write_mark(server, database, HISTORY_MARK, history)
    write_mark(server, database, ADDON_MARK, addon)
    return database


def create(server, odoo, database):
    """Make the database with its modules and languages, without the history."""
    if is_small():
        workshop = Workshop(server, odoo, Crew(), odoo.series.folder / "logs")
        workshop.provide(DEPENDS)
        say(f"making the database {database}")
        workshop.copy(DEPENDS, database)
    else:
        say(f"making the database {database} (two to five minutes)")
        server.recreate(database)
    modules = runpy.run_path(str(ROOT / "demo" / "modules.py"))["MODULES"]
    say(f"installing {', '.join(modules)}")
    odoo.install(database, *modules, languages="en_US,fr_FR")
