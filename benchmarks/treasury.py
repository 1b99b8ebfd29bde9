"""Money ahead: cash, who pays late, quotations, lifetime value; on public data where it is there.

RECEIVABLES=folder has IBM's `WA_Fn-UseC_-Accounts-Receivable.csv` (2,466 invoices of 100 clients);
without it made books with planted habits are judged alone. CDNOW comes with the package lifetimes,
which is the peer of BG/NBD; without it planted parameters are judged alone.
"""

import csv
import importlib.util
import math
import os
from datetime import datetime
from pathlib import Path

import numpy as np

from algorithms.treasury.cash import simulate
from algorithms.treasury.credit_score import train_credit
from algorithms.treasury.delay_backtest import SIMPLE, run_delay_backtest
from algorithms.treasury.delays import learn
from algorithms.treasury.documents import Documents
from algorithms.treasury.items import INVOICE, items
from algorithms.treasury.lifetime import train_lifetime
from algorithms.treasury.pace import Pace
from algorithms.treasury.purchases import Buying, fit_purchases
from algorithms.treasury.win_chance import train_win

from .measure import compared, measured
from .receivables_made import made_book, made_orders, made_quotations
from .table import gate, row, seconds, title
from .turns import share, times

FILE = "WA_Fn-UseC_-Accounts-Receivable.csv"
HORIZON = 14
SEEDS = (1, 2, 3)
PUBLISHED = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
LARGE = 100_000


def run(quick=False):
    books = [
        (f"made book {seed}, {name}", made_book(seed, shock=shock))
        for seed in SEEDS[: 1 if quick else 3]
        for name, shock in (("shocks", 3.0), ("calm", 0.0))
    ]
    public = receivables()
    cash(books, public)
    credit(quick, public)
    quotations(quick)
    lifetime()
    size(quick)


def receivables():
    """(Documents, today) of IBM's file, None where it is not there."""
    folder = os.environ.get("RECEIVABLES")
    path = Path(folder, FILE) if folder else None
    if not path or not path.exists():
        return None
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({each["customerID"] for each in rows})
    number = {name: place for place, name in enumerate(names)}
    days = {
        column: np.array([_day(each[column]) for each in rows])
        for column in ("InvoiceDate", "DueDate", "SettledDate")
    }
    return Documents(
        np.array([number[each["customerID"]] for each in rows]),
        *days.values(),
        np.array([float(each["InvoiceAmount"]) for each in rows]),
    ), int(days["InvoiceDate"].max())


def _day(text):
    return int(np.datetime64(datetime.strptime(text, "%m/%d/%Y"), "D").astype(int))


def cash(books, public):
    title(f"Cash of {HORIZON} days out of open invoices: WAPE in percent, and what the band held")
    row("book", "ours", "due+median", "due day", "bias", "80 % held", "way")
    made = [_cash_row(name, book.documents, book.today) for name, book in books]
    gate(
        "made books, WAPE over that of the simple rule", max(a / b for a, b, *_ in made), 0.8, False
    )
    _band("made books", [each for *_, inside in made for each in inside])
    if not public:
        print(f"  {FILE} is not in RECEIVABLES: made books alone", flush=True)
        return
    ours, _simple, inside = _cash_row("IBM receivables", *public)
    gate("IBM, 14-day cash WAPE, percent", 100 * ours, 9.9, at_least=False)
    _band("IBM", inside)


def _band(name, inside):
    held = 100 * share(inside)
    gate(f"{name}, 80 % band held, percent", held, 75)
    gate(f"{name}, 80 % band held, percent", held, 85, at_least=False)


def _cash_row(name, documents, today):
    report = run_delay_backtest(documents, today, np.random.default_rng(0), HORIZON)
    judged = report.origins[-report.judged :]
    inside = [_held(documents, each, report.method) for each in report.origins[4:]]
    came = sum(each.came for each in judged)
    due = sum(abs(_by_due_day(documents, each.day) - each.came) for each in judged) / came
    ours, simple = report.wape[report.method], report.wape[SIMPLE]
    figures = (ours, simple, due, report.bias[report.method], np.mean(inside))
    method, half_life = report.method
    row(name, *(f"{100 * each:.1f}" for each in figures), f"{method}, {half_life:.0f}")
    low, gain, high = (100 * each for each in (report.gain.low, report.gain.gain, report.gain.high))
    print(f"    gain {gain:.1f} points, {low:.1f} to {high:.1f}", flush=True)
    return ours, simple, inside


def _by_due_day(documents, day):
    still = documents.on(day)
    still = still.take(still.is_open)
    return float(still.amount[np.maximum(still.due, day + 1) <= day + HORIZON].sum())


def _held(documents, origin, way):
    """Whether the band that was forecast on an earlier day holds what came."""
    still = documents.on(origin.day)
    still = still.take(still.is_open)
    habits = learn(documents, origin.day, *way, clients=still.client)
    kinds = np.full(len(still), INVOICE)
    given = items(np.arange(len(still)), kinds, still.client, still.due, still.amount)
    paces = (origin.pace[way], Pace())
    found = simulate(given, habits, habits, origin.day, 0, horizon=HORIZON, paces=paces, paths=1000)
    low, _median, high, _mean = found.change(HORIZON)
    return low <= origin.came <= high


def credit(quick, public):
    title("Who pays late: AUC and calibration error (10 equal counts) on the newest fifth")
    row("book", "AUC ours", "past mean", "ECE ours", "past mean", "late after", "late share")
    made = [
        _credit_row(f"made book {seed}", book.documents, book.today)
        for seed in SEEDS[: 2 if quick else 3]
        for book in [made_book(seed, clients=200, invoices=6000)]
    ]
    gate("made books, AUC above the past mean, points", 100 * min(r.gain.gain for r in made), 0)
    gate("made books, ECE, percent", 100 * max(r.calibration.error for r in made), 5, False)
    if public:
        documents, today = public
        # All of the file is paid; its last due days are over a month after its last invoice.
        found = _credit_row("IBM receivables", documents, today + 31)
        gate("IBM, AUC, percent (past mean 85.6)", 100 * found.gain.model, 85.6)
        gate("IBM, AUC above the past mean, points", 100 * found.gain.gain, 0)
        gate("IBM, ECE, percent", 100 * found.calibration.error, 5, at_least=False)


def _credit_row(name, documents, today):
    found = train_credit(documents, today, np.random.default_rng(0))
    figures = (found.gain.model, found.gain.simple, found.calibration.error, found.simple_error)
    shown = [f"{each:.3f}" for each in figures]
    row(name, *shown, f"{found.model.late_after} days", f"{found.late_share:.2f}")
    return found


def quotations(quick):
    title("Quotations: Brier score of the chance to be won")
    row("made quotations", "ours", "base rate", "gain", "from", "to", "ECE")
    gains = []
    for seed in SEEDS[: 2 if quick else 3]:
        made, today, _truth = made_quotations(seed, count=4000)
        gains.append(_win_row(seed, made, today).gain.low)
    made, today, _truth = made_quotations(9, count=4000, matters=False)
    even = _win_row("all alike", made, today)
    gate("gain at least, per mille", 1e3 * min(gains), 0)
    gate("loss where all are alike, per mille", -1e3 * even.gain.gain, 2, at_least=False)


def _win_row(name, made, today):
    found = train_win(made, today, np.random.default_rng(0))
    gain = found.gain
    figures = (gain.model, gain.simple, gain.gain, gain.low, gain.high, found.calibration.error)
    row(name, *(f"{each:.4f}" for each in figures))
    return found


def lifetime():
    title("Lifetime value: BG/NBD")
    row("orders", "r", "alpha", "a", "b", "alive")
    made = made_orders(1)
    row("planted", "0.800", "30.000", "0.900", "3.000", f"{made.alive.mean():.3f}")
    data = (made.client, made.day, made.amount, made.today)
    report = train_lifetime(*data, np.random.default_rng(0))
    found = report.purchases
    row(
        "found (a prior of 3)",
        *(f"{each:.3f}" for each in (found.r, found.alpha, found.a, found.b)),
    )
    _lifetime_row("made orders", report)
    gate("made orders, gain over purchases a day, percent", _relative(report.gain.low, report), 0)
    if not importlib.util.find_spec("lifetimes"):
        print("  lifetimes is not installed: planted parameters alone", flush=True)
        return
    _cdnow()


def _relative(gain, report):
    return 100 * gain / report.gain.simple


def _lifetime_row(name, report):
    low, gain, high = (
        _relative(each, report) for each in (report.gain.low, report.gain.gain, report.gain.high)
    )
    print(
        f"  {name}, {report.holdout} days: brought {report.total:.0f},"
        f" foreseen {report.foreseen:.0f}, by purchases a day {report.simple:.0f};"
        f" squared roots {gain:.0f} % better, {low:.0f} to {high:.0f}",
        flush=True,
    )


def _cdnow():
    row("CDNOW, published", *(f"{each:.3f}" for each in PUBLISHED.values()))
    buying = cdnow()
    for name, prior in (("maximum likelihood", math.inf), ("a prior of 3", 3.0)):
        found = fit_purchases(buying, prior)
        values = {each: getattr(found, each) for each in PUBLISHED}
        row(f"CDNOW, {name}", *(f"{each:.3f}" for each in values.values()))
        if prior == math.inf:
            off = max(abs(values[each] - PUBLISHED[each]) for each in PUBLISHED)
            gate("CDNOW, thousandths off the published", round(1e3 * off, 3), 0.5, at_least=False)
    client, day, amount = cdnow_orders()
    report = train_lifetime(client, day, amount, int(day.max()), np.random.default_rng(0), 270)
    _lifetime_row("CDNOW", report)
    gate("CDNOW, gain over purchases a day, percent", _relative(report.gain.low, report), 0)
    ways = {"ours": ("ours_bgnbd",), "lifetimes": ("peer_bgnbd",)}
    found = compared("benchmarks.treasury", ways)
    ours, peer = found["ours"], found["lifetimes"]
    print(f"  ours {seconds(ours.seconds)}, lifetimes {seconds(peer.seconds)}", flush=True)
    if peer.failure:
        print(f"  lifetimes: {peer.failure}", flush=True)
    elif ours.turns:
        gate("times as fast as lifetimes", times(peer.turns, ours.turns), 1)


def _datasets():
    return Path(importlib.util.find_spec("lifetimes").origin).parent / "datasets"


def cdnow():
    """Buying of 2,357 clients, in weeks."""
    rows = np.genfromtxt(_datasets() / "cdnow_customers_summary.csv", delimiter=",", skip_header=1)
    repeats, last, age = rows[:, -3:].T
    return Buying(
        np.arange(len(rows)), repeats.astype(np.int64), last, age, np.full(len(rows), np.nan)
    )


def cdnow_orders():
    """(client, day, amount) of the orders of the same clients, 18 months."""
    rows = np.loadtxt(_datasets() / "CDNOW_sample.txt")
    day = [
        int(np.datetime64(datetime.strptime(str(int(each)), "%Y%m%d"), "D").astype(int))
        for each in rows[:, 2]
    ]
    return rows[:, 0].astype(np.int64), np.array(day), rows[:, 4]


def ours_bgnbd():
    buying = cdnow()
    return lambda: fit_purchases(buying, math.inf).r, 5


def peer_bgnbd():
    from lifetimes import BetaGeoFitter

    rows = cdnow()
    return lambda: float(BetaGeoFitter().fit(rows.repeats, rows.last, rows.age).params_["r"]), 5


def size(quick):
    count = LARGE // 10 if quick else LARGE
    title(f"A nightly run over {count:,} invoices and orders, one thread")
    found = measured("benchmarks.treasury_night", "nightly", str(count))
    if found.failure:
        print(f"  {found.failure}", flush=True)
    for name, value in (found.result or {}).items():
        print(f"    {name}: {seconds(value)}", flush=True)
    print(f"  {seconds(found.seconds)}, {found.megabytes:.0f} MB", flush=True)
    gate("seconds", found.seconds, 30, at_least=False)
    gate("MB", found.megabytes, 500, at_least=False)


if __name__ == "__main__":
    run()
