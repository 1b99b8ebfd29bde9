"""File systems that are full: small ones, made for it, which only root may mount."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from .fault_checks import finding, goes_on

TABLE = "ai_recommendation_rule"
SPACE = "fault_full"
NOT_ROOT = "only root may mount a small file system"


@contextmanager
def small(megabytes, owner=None):
    """A file system of so many MB; yields its Path. owner : (user, group) ids of its folder."""
    folder = Path(tempfile.mkdtemp(prefix="fault"))
    folder.chmod(0o755)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    subprocess.run(mount, check=True)
    try:
        if owner:
            os.chown(folder, *owner)
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)
        folder.rmdir()


def fill(folder):
    """Leave no byte free."""
    with folder.joinpath("filler").open("wb", buffering=0) as file:
        try:
            while file.write(b"0" * 65536):
                pass
        except OSError:
            return


def database(lab):
    """No space left for the table of rules, on a file system of its own."""
    from postgres import DATA

    with lab.served(), finding(lab, "database's disk full") as found:
        if os.geteuid() or not DATA.is_dir():
            found.skipped = NOT_ROOT
            yield found
            return
        owner = DATA.stat()
        with small(64, (owner.st_uid, owner.st_gid)) as folder:
            administrator(lab, f"CREATE TABLESPACE {SPACE} LOCATION '{folder}'")
            administrator(lab, f"ALTER TABLE {TABLE} SET TABLESPACE {SPACE}", inside=True)
            fill(folder)
            number = lab.ask("rules")[0]
            state, error = goes_on(lab, found, number)
            found.promise("it fails and says so", state == "failed" and "space" in error)
            folder.joinpath("filler").unlink()
            administrator(lab, f"ALTER TABLE {TABLE} SET TABLESPACE pg_default", inside=True)
            administrator(lab, f"DROP TABLESPACE {SPACE}")
    yield found


def administrator(lab, statement, inside=False):
    """Run a statement as PostgreSQL's superuser, in the database or beside it."""
    from postgres import Server

    server = Server(lab.server.host, lab.server.port, "postgres", "")
    connection = server.connect(lab.told["database"] if inside else "postgres")
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()


def filestore(lab):
    """No space left for the fitted model."""
    if os.geteuid():
        with lab.served(), finding(lab, "file store's disk full") as found:
            found.skipped = NOT_ROOT
        yield found
        return
    place = lab.odoo.filestore(lab.told["database"])
    with lab.served(), finding(lab, "file store's disk full") as found:
        lab.ended(lab.ask("ratings")[0])
        before = lab.helper("loadable", company=lab.company, kind="ratings")
        found.promise("a model was there", before)
        with over(place) as folder:
            fill(folder)
            state, error = goes_on(lab, found, lab.ask("ratings")[0])
            found.promise("it fails and says so", state == "failed" and "disk full" in error)
            after = lab.helper("loadable", company=lab.company, kind="ratings")
            found.promise("the old model is in use", after)
    yield found


@contextmanager
def over(place):
    """A small file system in the place of a folder, with what is in that."""
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    aside = place.with_name(f"{place.name}.aside")
    place.rename(aside)
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size // 2**20 * 2 + 16}m", "tmpfs", place]
    subprocess.run(mount, check=True)
    try:
        shutil.copytree(aside, place, dirs_exist_ok=True)
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)
        place.rmdir()
        aside.rename(place)
