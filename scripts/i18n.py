"""Export the terms of the addon to the template and merge them into the French file.

`python i18n.py [FOLDER]` with another folder than the addon's own leaves that as it is.
"""

import sys
from pathlib import Path

import polib
from crew import Crew
from odoo_server import Odoo
from postgres import running_server
from templates import ADDON, Workshop
from workspace import MODULE, ROOT, SetupError, port_from, run_main, say


def export(template):
    """Write the terms into a file. template : Path."""
    raw = template.with_suffix(".po")
    with running_server() as server:
        odoo = Odoo(server, port_from("TEST_HTTP_PORT", 8169))
        workshop = Workshop(server, odoo, Crew(), odoo.series.folder / "logs")
        database = odoo.series.database("test_i18n")
        workshop.provide(ADDON)
        try:
            workshop.copy(ADDON, database)
            odoo.export_terms(database, MODULE, raw)
        finally:
            workshop.drop(database)
    raw.rename(template)


def merge(file, path):
    """Bring the terms of a template into a French file. Returns how many are not translated."""
    template = polib.pofile(str(file))
    # The dates of an export would change the files each time.
    for key in ("POT-Creation-Date", "PO-Revision-Date"):
        template.metadata.pop(key, None)
    template.save()
    french = polib.pofile(str(path)) if path.exists() else polib.POFile()
    french.metadata = {**template.metadata, "Language": "fr", "Plural-Forms": ""}
    french.merge(template)
    # Without a term in the sources a translation serves nobody.
    french[:] = [entry for entry in french if not entry.obsolete]
    french.save(str(path))
    missing = french.untranslated_entries() + french.fuzzy_entries()
    for entry in missing:
        say(f"not translated: {entry.msgid}")
    return len(missing)


def main():
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else ROOT / "i18n"
    folder.mkdir(exist_ok=True)
    template, french = folder / f"{MODULE}.pot", folder / "fr.po"
    export(template)
    if merge(template, french):
        raise SetupError(f"Translate the terms above in {french}.")


if __name__ == "__main__":
    run_main(main)
