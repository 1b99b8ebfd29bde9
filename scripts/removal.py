"""The addon comes, is upgraded from each released version, and goes without a trace.

`make removal`, on copies of the databases that the tests are run on: people's data before and
after the addon is uninstalled, and what the database consists of beside one that never had it.
Then each version that git's history knows (VERSIONS=17.0.1.7.0,… takes some, VERSIONS=none none) is
installed, used and upgraded; what comes of it is compared with what an installation makes.
"""

import os
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import leftovers
import released
from crew import Crew
from odoo_log import Watch
from odoo_server import Odoo
from postgres import running_server
from series import FIRST
from templates import ADDON, DEPENDS, Workshop
from workspace import MODULE, ROOT, port_from, run_main, say

INSIDE = ROOT / "scripts" / "inside_removal.py"
SHOWN = 40
# Settings that a migration changes on purpose.
CHANGED = {"ai_available_stock"}


class Trial:
    """Databases that the addon is tried on. faults : what was found, in a line each."""

    def __init__(self, server):
        self.server = server
        self.odoo = Odoo(server, port_from("TEST_HTTP_PORT", 8169))
        self.logs = self.odoo.series.folder / "logs"
        self.workshop = Workshop(server, self.odoo, Crew(), self.logs)
        self.faults = []

    @contextmanager
    def copy(self, template, purpose):
        """A database for a block, equal to a template that has been provided."""
        database = self.odoo.series.database(f"removal_{purpose}")
        self.workshop.copy(template, database)
        try:
            yield database
        finally:
            self.workshop.drop(database)

    @contextmanager
    def cursor(self, database):
        with closing(self.server.connect(database)) as connection, connection.cursor() as cursor:
            yield cursor

    def inside(self, database, wish, odoo=None):
        odoo = odoo or self.odoo
        self._follow([odoo.series.python, INSIDE, odoo.config, database, wish], database, wish)

    def run_odoo(self, database, *arguments, odoo=None):
        odoo = odoo or self.odoo
        options = ("--stop-after-init", "--no-http", *odoo.demo_data(False))
        self._follow(odoo.command(database, *arguments, *options), database, arguments[0])

    def _follow(self, command, database, step):
        watch, log = Watch(), self.logs / f"{database}{step}.log"
        code = Crew().follow(command, log, watch.to_show, env=self.workshop.environment())
        self.faults += [f"{database} {step}: {problem.strip()}" for problem in watch.problems]
        if code:
            self.faults.append(f"{database} {step}: ended with code {code}, see {log}")

    def differ(self, title, before, after):
        """Note what one of two databases has and the other has not."""
        for word, one, other in (("left", after, before), ("lost", before, after)):
            names = sorted(name for name, count in one.items() if other.get(name, 0) < count)
            self.faults += [f"{title}: {word} {name}" for name in names[:SHOWN]]


def consists_of(trial, database):
    with trial.cursor(database) as cursor:
        return leftovers.schema(cursor), leftovers.names(cursor)


def try_removal(trial, database, title):
    """Uninstall the addon from a database with data, and look at what is left."""
    never = DEPENDS.database(trial.odoo.series)
    with trial.cursor(never) as cursor:
        columns = leftovers.columns_of_data(cursor)
    with trial.cursor(database) as cursor:
        before, ours = leftovers.contents(cursor, columns), leftovers.ours(cursor)
    trial.inside(database, "uninstall")
    with trial.cursor(database) as cursor:
        after = leftovers.contents(cursor, columns)
        trial.faults += [f"{title}: orphan {name}" for name in leftovers.orphans(cursor)]
    for table, rows in before.items():
        kept = {id_: digest for id_, digest in rows.items() if id_ not in ours.get(table, ())}
        gone = len(kept.keys() - after[table].keys())
        changed = sum(after[table].get(id_, digest) != digest for id_, digest in kept.items())
        if gone or changed:
            trial.faults.append(f"{title}: {table}: {gone} rows gone, {changed} changed")
    pairs = zip(consists_of(trial, never), consists_of(trial, database), strict=True)
    for without, left in pairs:
        trial.differ(title, without, left)


@contextmanager
def older_odoo(trial, commit):
    """An Odoo with the addon as it was at a commit."""
    with tempfile.TemporaryDirectory() as folder:
        released.unpack(commit, folder)
        odoo = Odoo(trial.server, trial.odoo.http_port)
        ours = str(odoo.series.addons)
        text = odoo.config.read_text().replace(ours, folder)
        odoo.config = Path(folder, "odoo.conf")
        odoo.config.write_text(text)
        yield odoo


def try_upgrade(trial, version, commit, is_oldest):
    """Install a version, use it, upgrade it, and use it again; the oldest one is removed, too."""
    title = f"upgrade from {version}"
    found = len(trial.faults)
    with trial.copy(DEPENDS, "upgrade") as database:
        with older_odoo(trial, commit) as odoo:
            trial.run_odoo(database, "-i", MODULE, odoo=odoo)
            # What an older version warned of is no longer to be mended.
            del trial.faults[found:]
            trial.inside(database, "write", odoo)
            del trial.faults[found:]
        with trial.cursor(database) as cursor:
            before = leftovers.kept_by_upgrades(cursor)
        if not before[1].get("ai_recommendation_rule"):
            trial.faults.append(f"{title}: nothing was written with it, see the logs")
        trial.run_odoo(database, "-u", MODULE)
        with trial.cursor(database) as cursor:
            after = leftovers.kept_by_upgrades(cursor)
        trial.faults += [f"{title}: {line}" for line in lost(before, after)]
        new, _names = consists_of(trial, ADDON.database(trial.odoo.series))
        schema, _names = consists_of(trial, database)
        trial.differ(title, new, schema)
        trial.inside(database, "train")
        if is_oldest:
            try_removal(trial, database, f"removal after {title}")
    say(f"{title}: {len(trial.faults) - found} faults")


def lost(before, after):
    """What an upgrade has changed of people's own: ({setting: value}, {table: count}) each."""
    (settings, tables), (new_settings, new_tables) = before, after
    for name, value in settings.items():
        if name in new_settings and new_settings[name] != value and name not in CHANGED:
            yield f"{name} was {value} and is {new_settings[name]}"
    for name, count in tables.items():
        if name in new_tables and new_tables[name] < count:
            yield f"{name} had {count} rows and has {new_tables[name]}"


def versions():
    """{version: commit} of those that are wanted."""
    wanted = os.environ.get("VERSIONS")
    if wanted == "none":
        return {}
    found = released.commits()
    if not found:
        say("this copy has no history of versions: upgrades are left out")
    chosen = wanted.split(",") if wanted else found
    return {version: found[version] for version in found if version in chosen}


def main():
    with running_server() as server:
        trial = Trial(server)
        trial.workshop.provide(ADDON)
        say("removal of what is installed anew")
        with trial.copy(DEPENDS, "new") as database:
            trial.run_odoo(database, "-i", MODULE)
            trial.inside(database, "write")
            try_removal(trial, database, "removal")
        say(f"removal: {len(trial.faults)} faults")
        if trial.odoo.series == FIRST:
            for number, (version, commit) in enumerate(versions().items()):
                try_upgrade(trial, version, commit, is_oldest=not number)
    for fault in trial.faults:
        print(f"  {fault}")
    say(f"{len(trial.faults)} faults" if trial.faults else "nothing left, nothing lost")
    return 1 if trial.faults else 0


if __name__ == "__main__":
    run_main(main)
