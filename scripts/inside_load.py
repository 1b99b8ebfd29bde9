"""Load a sales export: inside Odoo's own environment.

Called by scripts/load.py as `python inside_load.py CONFIG DATABASE CSV`; options come by the
environment: COMPANY, DELIMITER, DATE_FORMAT, ENCODING and COL_ORDER, COL_DATE, COL_CUSTOMER,
COL_PRODUCT, COL_NAME, COL_QUANTITY, COL_PRICE.
"""

import csv
import os
import sys
from pathlib import Path

from progress import Progress
from workspace import RUN, SetupError, run_main, say

SHOWN = 20
REJECTED = RUN / "load-rejected.csv"


def main():
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    config, database, name = sys.argv[1:]
    path = Path(name)
    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    registry = Registry(database)
    from odoo.addons.smart_recommender.bulk_load import load, parse
    from odoo.addons.smart_recommender.bulk_load.columns import HEADERS

    say(f"reading {path.name}")
    try:
        lines, rejected = parse.read_sales(
            path,
            {field: os.environ.get(f"COL_{field.upper()}", "") for field in HEADERS},
            delimiter=os.environ.get("DELIMITER", ""),
            date_format=os.environ.get("DATE_FORMAT", ""),
            encoding=os.environ.get("ENCODING", ""),
        )
    except parse.FileError as error:
        raise SetupError(str(error)) from error
    report_rejected(rejected)
    company = os.environ.get("COMPANY") or f"Import {path.name.split('.')[0]}"
    progress = Progress()
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        done = load.load(env, company, lines, progress)
        cr.commit()
        show(done, lines, rejected)
        progress("training")
        run, reason = load.train(env, done.company)
        cr.commit()
        show_training(run, reason, done.company)


def report_rejected(rejected):
    """Print the first lines that were left out, and keep all of them in a file."""
    for each in rejected[:SHOWN]:
        print(f"  line {each.number}: {each.reason}")
    if len(rejected) > SHOWN:
        print(f"  … and {len(rejected) - SHOWN} more")
    with REJECTED.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "reason"])
        writer.writerows((each.number, each.reason) for each in rejected)
    if rejected:
        say(f"{len(rejected)} lines left out; all of them with the reason: {REJECTED}")


def show(done, lines, rejected):
    nameless = sum(not line.customer for line in lines)
    print(f"\n{done.company.name}\n{'─' * len(done.company.name)}")
    print(f"{len(lines) + len(rejected)} lines read, {done.lines} loaded, {len(rejected)} left out")
    print(f"{done.orders} new orders, {done.skipped_orders} were there already")
    print(f"{done.products} products, {done.customers} customers in the new orders")
    if nameless:
        print(f"{nameless} lines without a customer went to one called 'Unknown customer'")
    if lines:
        first, last = min(line.date for line in lines), max(line.date for line in lines)
        print(f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}; {done.seconds:.1f} s")


def show_training(run, reason, company):
    if reason:
        print(f"\nNot trained: {reason}")
        return
    print(f"\n{run._result_message()}\n{run.verdict}")
    print(
        f"\n'make demo' shows it: log in as admin and choose {company.name} at the top right, by "
        "your name."
    )


if __name__ == "__main__":
    run_main(main)
