"""Load a sales export into the demo database: `make load CSV=sales.csv`."""

import os
from pathlib import Path

import demo_database
from odoo_server import Odoo
from postgres import running_server
from workspace import DOUBTFUL, ROOT, SetupError, port_from, run_main

INSIDE = ROOT / "scripts" / "inside_load.py"


def csv_path():
    """The file that the user named."""
    named = os.environ.get("CSV", "")
    if not named:
        raise SetupError(
            "Name the file: make load CSV=sales.csv (order reference, date, customer, product, "
            "quantity, unit price; see docs/DEVELOP.md for other column names)."
        )
    path = Path(named).expanduser()
    if not path.is_file():
        raise SetupError(f"There is no file {path.absolute()}. Correct CSV=…")
    return path


def main():
    path = csv_path()
    with running_server() as server:
        odoo = Odoo(server, port_from("HTTP_PORT", 8069))
        database = demo_database.build(server, odoo)
        return odoo.call(INSIDE, database, str(path.absolute()), expected=(0, DOUBTFUL))


if __name__ == "__main__":
    run_main(main)
