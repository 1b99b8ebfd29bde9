"""Export the terms of the addon to the template and merge them into the French file."""

import polib
from odoo_server import Odoo
from postgres import running_server
from workspace import MODULE, ROOT, SetupError, run_main, say

FOLDER = ROOT / "i18n"
TEMPLATE = FOLDER / f"{MODULE}.pot"
HTTP_PORT = 8169


def export():
    with running_server() as server:
        odoo = Odoo(server, HTTP_PORT)
        database = odoo.series.database("test")
        server.recreate(database)
        try:
            odoo.install(database, MODULE)
            odoo.run(
                database,
                f"--modules={MODULE}",
                f"--i18n-export={TEMPLATE.with_suffix('.po')}",
                "--stop-after-init",
            )
        finally:
            server.drop(database)
    TEMPLATE.with_suffix(".po").rename(TEMPLATE)


def merge():
    template = polib.pofile(str(TEMPLATE))
    # The dates of an export would change the files each time.
    for key in ("POT-Creation-Date", "PO-Revision-Date"):
        template.metadata.pop(key, None)
    template.save()
    path = FOLDER / "fr.po"
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
    FOLDER.mkdir(exist_ok=True)
    export()
    if merge():
        raise SetupError(f"Translate the terms above in {FOLDER / 'fr.po'}.")


if __name__ == "__main__":
    run_main(main)
