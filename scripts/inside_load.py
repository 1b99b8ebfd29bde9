"""Load a sales export: inside Odoo's own environment.

Called by scripts/load.py as `python inside_load.py CONFIG DATABASE CSV`; options come by the
environment: COMPANY, TIMEZONE, DELIMITER, DATE_FORMAT, DECIMAL, ENCODING, SHEET and COL_ORDER,
COL_DATE, COL_CUSTOMER, COL_PRODUCT, COL_NAME, COL_QUANTITY, COL_PRICE.
Ends with code 0 where all is well, 1 where nothing was loaded, 3 where it was and is to be checked.
"""

import csv
import os
import sys
from datetime import datetime
from pathlib import Path

from progress import Progress
from workspace import DOUBTFUL, RUN, SetupError, run_main, say

REJECTED = RUN / "load-rejected.csv"


def option(name):
    return os.environ.get(name, "")


def main():
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    config, database, name = sys.argv[1:]
    path = Path(name)
    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    registry = Registry(database)
    from odoo.addons.smart_recommender.bulk_load import load, report

    company = option("COMPANY") or f"Import {path.name.split('.')[0]}"
    progress = Progress()
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        zone = time_zone(env, company)
        say(f"reading {path.name}, local times of {zone.zone}")
        sales = read(path, zone)
        print("\n".join(report.opening(sales)))
        keep_rejected(sales)
        print("\n".join(report.first_rejected(sales.rejected)))
        if not sales.lines:
            raise SetupError(f"No line of {path.name} can be read, so that nothing is loaded.")
        done = load.load(env, company, sales.lines, progress, zone)
        cr.commit()
        show(done, sales)
        progress("training")
        run, reason = load.train(env, done.company)
        cr.commit()
        show_training(run, reason, done.company)
    doubt = report.differing(done.different)
    if doubt:
        print(f"\nATTENTION: {doubt}")
    if doubt or report.is_doubtful(sales):
        say("loaded, but look at what is said under ATTENTION above")
        return DOUBTFUL
    return 0


def time_zone(env, company):
    """Of the file: the one that is named, else that of the company, else of the main company."""
    import pytz

    from odoo.addons.smart_recommender.bulk_load import masters

    named = option("TIMEZONE")
    if not named:
        return masters.time_zone(env, masters.find_company(env, company) or env.company)
    try:
        return pytz.timezone(named)
    except pytz.UnknownTimeZoneError:
        raise SetupError(
            f"TIMEZONE={named} is not a time zone. Give one such as Africa/Casablanca."
        ) from None


def read(path, zone):
    """The sales of a file, parse.Sales."""
    from odoo.addons.smart_recommender.bulk_load import parse
    from odoo.addons.smart_recommender.bulk_load.columns import HEADERS

    try:
        return parse.read_sales(
            path,
            {field: option(f"COL_{field.upper()}") for field in HEADERS},
            delimiter=option("DELIMITER"),
            date_format=option("DATE_FORMAT"),
            encoding=option("ENCODING"),
            decimal=option("DECIMAL"),
            sheet=option("SHEET"),
            zone=zone,
            now=datetime.now(zone).replace(tzinfo=None),
        )
    except parse.FileError as error:
        raise SetupError(str(error)) from error


def keep_rejected(sales):
    """Write all lines that were left out into a file, with their reasons and their fields."""
    with REJECTED.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "reason", *sales.header])
        writer.writerows((each.number, each.reason, *each.fields) for each in sales.rejected)
    if sales.rejected:
        say(f"{len(sales.rejected)} lines left out; all of them with the reason: {REJECTED}")


def show(done, sales):
    lines, rejected = sales.lines, sales.rejected
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
