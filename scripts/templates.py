"""Databases that are installed once and kept, and copied for each run of the tests.

Three of a series, each installed on a copy of the one before: Odoo's modules that the addon depends
on, the addon, and the modules that the addon works beside. A note on the database, written last,
names what it was made from: an interrupted one has none, and one whose sources have changed since
is made again.
"""

import ast
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import build_addon
import queue_job
from inside_template import PREPARED, WORLD
from odoo_log import Watch
from workspace import MODULE, ROOT, SetupError, digest, say

INSIDE = ROOT / "scripts" / "inside_template.py"
BESIDE = ("mrp", "stock_dropshipping", "delivery", "sale_loyalty")
# Parts of the checkout that no installation reads.
NOT_INSTALLED = ("tests", "bulk_load", "demo", "docs", "readme")
# It takes two minutes on two cores.
INSTALL_SECONDS = 1800


@dataclass(frozen=True)
class Template:
    """A kept database: `modules` installed on a copy of `parent`, on an empty one without it.

    prepared : whether it holds what browsers ask for, and the world of the tests.
    """

    name: str
    modules: tuple
    parent: "Template | None" = None
    prepared: bool = False

    def database(self, series):
        return series.database(f"template_{self.name}")

    def installed(self):
        """The modules asked for, step by step, from the first template on."""
        return [*(self.parent.installed() if self.parent else ()), self.modules]


def dependencies():
    return tuple(ast.literal_eval((ROOT / "__manifest__.py").read_text())["depends"])


DEPENDS = Template("depends", dependencies())
ADDON = Template("addon", (MODULE,), DEPENDS, prepared=True)


def beside_it(series):
    """Template with the modules that the addon works beside, as far as they can be had."""
    return Template("beside", (*BESIDE, *queue_job.provide(series)), ADDON)


class Workshop:
    """Makes templates where they are missing or outdated, and copies of them."""

    def __init__(self, server, odoo, crew, logs):
        self.server = server
        self.odoo = odoo
        self.series = odoo.series
        self.crew = crew
        self.logs = logs

    def provide(self, template):
        """Make a template where it is not there as its sources are now; returns its database.

        Whoever wants one that is being made waits for it. Raises SetupError where Odoo cannot
        install it, or warns of something of ours.
        """
        if template.parent:
            self.provide(template.parent)
        database = template.database(self.series)
        with self.server.awaited(database, self.crew.check):
            if not self._is_current(template):
                self._make(template, database)
        return database

    def _make(self, template, database):
        say(f"installing {', '.join(template.modules)} into {database}, kept for later runs")
        addon = addon_digest()  # before: what is edited meanwhile may not be in it
        self._empty(template)
        self._install(template)
        modules = self._installed(database)
        note = {"modules": modules, "key": self._key(template, modules, addon)}
        self.server.set_note(database, json.dumps(note))

    def copy(self, template, database):
        """Make a database for one run, with the attachments of its template."""
        source = template.database(self.series)
        self.server.copy(source, database)
        kept = self.odoo.filestore(source)
        target = self.odoo.filestore(database)
        shutil.rmtree(target, ignore_errors=True)
        # Named by their contents and never written again, files can be shared.
        shutil.copytree(kept, target, copy_function=os.link)

    def drop(self, database):
        self.server.drop(database)
        shutil.rmtree(self.odoo.filestore(database), ignore_errors=True)

    def environment(self):
        """Of an Odoo on a kept or copied database.

        It does not wait for the disk. A note on a database does, and all that was written before
        comes with it; what a copy loses when the machine stops is lost anyway.
        """
        environ = self.odoo.environment()
        options = environ.get("PGOPTIONS", "")
        return {**environ, "PGOPTIONS": f"{options} -c synchronous_commit=off".strip()}

    def _is_current(self, template):
        database = template.database(self.series)
        note = self.server.note(database)
        if not note or not self.odoo.filestore(database).is_dir():
            return False
        note = json.loads(note)
        return note["key"] == self._key(template, note["modules"], addon_digest())

    def _empty(self, template):
        database = template.database(self.series)
        self.drop(database)
        if template.parent:
            self.copy(template.parent, database)
        else:
            self.server.create(database)

    def _install(self, template):
        database = template.database(self.series)
        command = self.odoo.inside(INSIDE, database, *([PREPARED] if template.prepared else []))
        command += ["-i", ",".join(template.modules), "--stop-after-init", "--no-http"]
        command += [*self.odoo.demo_data(False), "--log-handler=:WARNING"]
        log = self.logs / f"install-{template.name}.log"
        watch = Watch()
        code = self.crew.follow(
            command, log, watch.to_show, seconds=INSTALL_SECONDS, env=self.environment()
        )
        if code:
            raise SetupError(f"Odoo ended with code {code} while it installed; see {log}.")
        if watch.problems:
            raise SetupError(
                "Odoo warned of the addon while it installed it:\n" + "\n".join(watch.problems)
            )

    def _installed(self, database):
        connection = self.server.connect(database)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT name FROM ir_module_module WHERE state = 'installed'")
                return sorted(name for (name,) in cursor.fetchall())
        finally:
            connection.close()

    def _key(self, template, modules, addon):
        """A digest of what a template is made from.

        modules : names of the modules in it, as Odoo itself resolved their dependencies;
        addon : digest of our own, which counts where it is one of them.
        """
        result = hashlib.sha256()
        result.update(Path(__file__).read_bytes())
        result.update(json.dumps([template.installed(), modules, str(self.odoo.data)]).encode())
        result.update(digest(self.series.lock_file).encode())
        result.update((self.odoo.source.path / "odoo" / "release.py").read_bytes())
        for folder in self.odoo.source.addons_path():
            # A module that installs itself by its dependencies may have come in.
            result.update(json.dumps(sorted(os.listdir(folder))).encode())
            for module in modules:
                _update_with_stats(result, folder / module)
        if MODULE in modules:
            result.update(addon.encode())
        return result.hexdigest()


def addon_digest():
    """A digest of the parts of the checkout that an installation reads, and of its port to 19."""
    installed = [
        part
        for name, part in build_addon.parts().items()
        if name not in NOT_INSTALLED and part.suffix != ".md"
    ]
    rules = (ROOT / "scripts").glob("port_*.py")
    return digest(*sorted(installed), *sorted(rules), INSIDE, ROOT / WORLD)


def _update_with_stats(result, folder):
    """Names, sizes and times of all files of a module: reading them all would take long."""
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            file = Path(path, name)
            # Debian's package links to files of others, not all of which are there.
            stat = file.stat() if file.exists() else file.lstat()
            line = f"{file.relative_to(folder.parent)} {stat.st_size} {stat.st_mtime_ns}\n"
            result.update(line.encode())
