"""Kept databases are made again when, and only when, what they were made from has changed."""

import json
import os
import re
import threading
from contextlib import contextmanager
from dataclasses import replace

import odoo_server
import pytest
import templates
from inside_template import PREPARED
from odoo_source import Source
from series import FIRST
from templates import Template, Workshop
from workspace import MODULE, SetupError

BASE = Template("base", ("sale",))
ADDON = Template("addon", (MODULE,), BASE)
NAMES = {one: one.database(FIRST) for one in (BASE, ADDON)}


DEADLINE = 60


class FakeServer:
    """Databases as {name: list of the modules installed in it}, and their notes."""

    def __init__(self):
        self.content = {}
        self.notes = {}
        self.locks = {}

    @contextmanager
    def awaited(self, name, waiting):
        lock = self.locks.setdefault(name, threading.Lock())
        while not lock.acquire(timeout=0.01):
            waiting()
        try:
            yield
        finally:
            lock.release()

    def create(self, database):
        self.content[database] = ["base"]

    def copy(self, source, database):
        self.content[database] = list(self.content[source])
        self.notes.pop(database, None)  # a comment stays behind

    def drop(self, database):
        self.content.pop(database, None)
        self.notes.pop(database, None)

    def note(self, database):
        return self.notes.get(database)

    def set_note(self, database, text):
        self.notes[database] = text


class FakeCrew:
    """Installs at once, with the exit code and the log lines that a test wishes."""

    def __init__(self, server, filestore):
        self.server = server
        self.filestore = filestore
        self.installed = []
        self.prepared = []
        self.code = 0
        self.lines = []
        self.meanwhile = lambda: None
        self.check = lambda: None

    def follow(self, command, _log, watch, **_options):
        database = command[command.index("-d") + 1]
        modules = command[command.index("-i") + 1].split(",")
        self.installed += modules
        self.prepared += modules if PREPARED in command else []
        self.meanwhile()
        watch(self.lines)
        if not self.code:
            self.server.content[database] += [*modules, "auto"]
            folder = self.filestore(database)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / modules[0]).write_text("icon")
        return self.code


@pytest.fixture
def tree(tmp_path):
    """A small Odoo with three modules."""
    for module in ("base", "sale", "auto"):
        folder = tmp_path / "odoo" / "addons" / module
        folder.mkdir(parents=True)
        (folder / "__manifest__.py").write_text("{}")
    (tmp_path / "odoo" / "release.py").write_text("version_info = (17, 0)")
    return tmp_path / "odoo"


@pytest.fixture
def workshop(tmp_path, monkeypatch, tree):
    odoo = object.__new__(odoo_server.Odoo)
    odoo.series, odoo.source = FIRST, Source(tree.parent, "17.0")
    odoo.data, odoo.config = tmp_path / "data", tmp_path / "odoo.conf"
    server = FakeServer()
    workshop = Workshop(server, odoo, FakeCrew(server, odoo.filestore), tmp_path)
    monkeypatch.setattr(workshop, "_installed", lambda name: sorted(server.content[name]))
    monkeypatch.setattr(templates, "addon_digest", lambda: workshop.addon)
    workshop.addon = "first"
    return workshop


def installed(workshop, template=ADDON):
    """What is installed when a template is asked for."""
    workshop.crew.installed.clear()
    workshop.provide(template)
    return workshop.crew.installed


def test_a_template_is_made_once_on_a_copy_of_its_parent(workshop):
    assert installed(workshop) == ["sale", MODULE]
    assert set(workshop.server.content[NAMES[ADDON]]) == {"base", "sale", "auto", MODULE}
    assert installed(workshop) == []


def test_what_browsers_ask_for_is_made_where_tests_look_at_pages(workshop):
    workshop.provide(replace(ADDON, prepared=True))
    assert workshop.crew.prepared == [MODULE]


def test_who_wants_one_that_is_being_made_waits_for_it(workshop):
    waits = threading.Event()
    workshop.crew.check = waits.set
    others = []

    def another_wants_it():
        other = threading.Thread(target=workshop.provide, args=[BASE], daemon=True)
        other.start()
        others.append(other)
        assert waits.wait(DEADLINE)

    workshop.crew.meanwhile = another_wants_it
    workshop.provide(BASE)
    others[0].join(DEADLINE)
    assert workshop.crew.installed == ["sale"]


def test_an_interrupted_one_is_made_again(workshop):
    def interrupt():
        raise KeyboardInterrupt

    workshop.crew.meanwhile = interrupt
    with pytest.raises(KeyboardInterrupt):
        workshop.provide(BASE)
    assert NAMES[BASE] in workshop.server.content
    workshop.crew.meanwhile = lambda: None
    assert installed(workshop, BASE) == ["sale"]


def touch(path):
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))


@pytest.mark.parametrize("module", ["sale", "auto"])
def test_a_file_of_a_module_in_it_that_was_touched_outdates_all(workshop, tree, module):
    workshop.provide(ADDON)
    touch(tree / "addons" / module / "__manifest__.py")
    assert installed(workshop) == ["sale", MODULE]


def test_a_link_that_leads_nowhere_is_a_file_like_others(workshop, tree):
    link = tree / "addons" / "sale" / "font.otf"
    link.symlink_to("nowhere")
    assert installed(workshop) == ["sale", MODULE]
    assert installed(workshop) == []
    link.unlink()
    assert installed(workshop) == ["sale", MODULE]


def test_a_new_module_of_odoo_outdates_all_as_it_may_install_itself(workshop, tree):
    workshop.provide(ADDON)
    (tree / "addons" / "new").mkdir()
    assert installed(workshop) == ["sale", MODULE]


def test_another_release_or_another_list_of_dependencies_outdates_it(workshop, tree):
    workshop.provide(BASE)
    assert installed(workshop, Template("base", ("sale", "auto"))) == ["sale", "auto"]
    (tree / "release.py").write_text("version_info = (17, 0, 1)")
    assert installed(workshop, Template("base", ("sale", "auto"))) == ["sale", "auto"]


def test_another_list_of_dependencies_outdates_what_was_installed_on_it(workshop):
    workshop.provide(ADDON)
    longer = Template("base", ("sale", "auto"))
    assert installed(workshop, Template("addon", (MODULE,), longer)) == ["sale", "auto", MODULE]


def test_a_change_of_the_addon_outdates_only_the_addon_s(workshop):
    workshop.provide(ADDON)
    workshop.addon = "second"
    assert installed(workshop) == [MODULE]


def test_an_addon_that_is_edited_while_it_is_installed_is_installed_again(workshop):
    workshop.provide(BASE)
    workshop.crew.meanwhile = lambda: setattr(workshop, "addon", "second")
    workshop.provide(ADDON)
    workshop.crew.meanwhile = lambda: None
    assert installed(workshop) == [MODULE]


def test_a_template_without_its_attachments_is_made_again(workshop):
    workshop.provide(BASE)
    workshop.drop(NAMES[BASE])
    workshop.provide(BASE)
    (workshop.odoo.filestore(NAMES[BASE]) / "sale").unlink()
    workshop.odoo.filestore(NAMES[BASE]).rmdir()
    assert installed(workshop, BASE) == ["sale"]


def test_a_copy_has_the_attachments_and_deleting_them_harms_nobody(workshop):
    workshop.provide(BASE)
    workshop.copy(BASE, "copy")
    kept, copied = map(workshop.odoo.filestore, (NAMES[BASE], "copy"))
    assert (copied / "sale").read_text() == "icon"
    workshop.drop("copy")
    assert not copied.exists()
    assert (kept / "sale").read_text() == "icon"


def test_an_installation_that_fails_is_not_kept(workshop):
    workshop.crew.code = 255
    with pytest.raises(SetupError, match=r"code 255.*install-base\.log"):
        workshop.provide(BASE)
    workshop.crew.code = 0
    assert installed(workshop, BASE) == ["sale"]


def test_an_installation_that_warns_of_ours_is_not_kept(workshop):
    workshop.provide(BASE)
    warning = f"2026-11-21 03:32:13,069 1 WARNING db odoo.addons.{MODULE}.models.a: late"
    workshop.crew.lines = [warning]
    for _attempt in range(2):
        with pytest.raises(SetupError, match=re.escape(warning)):
            workshop.provide(ADDON)
    workshop.crew.lines = []
    assert installed(workshop) == [MODULE]


def test_the_note_names_what_odoo_installed_by_itself(workshop):
    workshop.provide(BASE)
    assert json.loads(workshop.server.notes[NAMES[BASE]])["modules"] == ["auto", "base", "sale"]


def test_make_clean_knows_all_databases_of_a_series_and_no_other():
    ours = [*NAMES.values(), *(FIRST.database(purpose) for purpose in ("demo", "test_beside_1"))]
    assert all(map(FIRST.owns, [*ours, f"{MODULE}_test_17", f"{MODULE}_bench_17"]))
    others = [f"{MODULE}_demo_19", f"{MODULE}_shop_17", f"my_{MODULE}_demo_17", "postgres"]
    assert not any(map(FIRST.owns, others))
