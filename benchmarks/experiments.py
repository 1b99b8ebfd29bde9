"""Experiments on real orders, arms drawn by client: ours beside a t-test and statsmodels.

The orders of Online Retail from the 121st day on are the quotations, those of the 120 days before a
client's first are what is known of the client. A treated order is worth more by 10 % of the mean
order, as if a suggestion had been added to it; or by a tenth of its own, a row that is only shown:
of that the cap takes a part of the largest orders.
"""

import importlib.util
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy import stats

from algorithms.experiment.effect import evaluate
from algorithms.experiment.exposures import Exposures
from algorithms.experiment.over_time import effect_over_time
from algorithms.experiment.planning import quotations_needed

from . import online_retail
from .experiments_made import exposed, made_shop
from .table import gate, row, seconds, title
from .turns import Spread, in_turns, share, times

WARM_UP = pd.Timedelta(days=120)
PLANTED = 0.1
SHARES = (0.5, 0.8)
DRAWS, QUICK_DRAWS = 400, 100
LARGE = 100_000
WIDTHS = (44, 8, 14, 10, 10, 8)
OURS, BY_ORDER, BY_CLIENT = "ours: clustered, CUPED, winsorised", "t-test by order", "clustered OLS"


@dataclass(frozen=True)
class Said:
    """What a method says of one draw: the effect, its standard error and interval."""

    effect: float
    error: float
    low: float
    high: float

    def holds(self, value):
        return self.low <= value <= self.high


def run(quick=False):
    title("Experiments, Online Retail from the 121st day on, arms drawn by client")
    if online_retail.FILE.is_file():
        data, days = real_exposures()
        draws = QUICK_DRAWS if quick else DRAWS
        for treated in SHARES:
            _compare(data, treated, draws)
        _weekly(data, days, draws)
        _needed(data)
    else:
        print("  ../shared/data is not here: only the time is measured")
    _speed(quick)


def real_exposures():
    """(Exposures of which none is treated, (n,) datetime64 their days), by day."""
    lines = online_retail.cleaned()
    lines = lines[lines["CustomerID"].notna()]
    lines = lines.assign(value=lines["Quantity"] * lines["UnitPrice"])
    orders = lines.groupby("InvoiceNo").agg(
        client=("CustomerID", "first"), day=("InvoiceDate", "min"), value=("value", "sum")
    )
    orders = orders.sort_values("day", kind="stable").reset_index(drop=True)
    later = orders[orders["day"] >= orders["day"].min().normalize() + WARM_UP]
    first = orders["client"].map(later.groupby("client")["day"].min())
    known = orders[(orders["day"] < first) & (orders["day"] >= first - WARM_UP)]
    before = later["client"].map(known.groupby("client")["value"].mean())
    codes, _clients = pd.factorize(later["client"])
    nobody = np.zeros(len(later), bool)
    data = Exposures(codes, nobody, later["value"].to_numpy(), before.to_numpy())
    return data, later["day"].to_numpy()


def drawn(data, treated, draws, seed=0):
    """The exposures with other arms each time."""
    rng = np.random.default_rng((seed, round(100 * treated)))
    for _draw in range(draws):
        arm = rng.random(data.client.max() + 1) < treated
        yield replace(data, treated=arm[data.client])


def added(data, amount):
    """What the treatment adds to the outcome; amount : float, or (n,) of each."""
    return replace(data, outcome=data.outcome + amount * data.treated)


def ours(data, treated):
    found = evaluate(data, treated)
    return Said(found.absolute, found.standard_error, found.low, found.high)


def by_order(data, _treated):
    arms = data.outcome[data.treated], data.outcome[~data.treated]
    test = stats.ttest_ind(*arms, equal_var=False)
    effect = arms[0].mean() - arms[1].mean()
    return Said(effect, effect / test.statistic, *test.confidence_interval())


def by_client(data, treated):
    """statsmodels; where it is not installed, ours without CUPED and winsorising."""
    if not importlib.util.find_spec("statsmodels"):
        unknown = np.full(len(data), np.nan)
        found = evaluate(replace(data, before=unknown), treated, cap=np.inf)
        return Said(found.absolute, found.standard_error, found.low, found.high)
    found = clustered_ols(data, np.empty((len(data), 0)))
    return Said(found.params[1], found.bse[1], *found.conf_int()[1])


def clustered_ols(data, known):
    from statsmodels.api import OLS

    design = np.column_stack([np.ones(len(data)), data.treated, known])
    groups = {"groups": data.client}
    return OLS(data.outcome, design).fit(cov_type="cluster", cov_kwds=groups)


def _compare(data, treated, draws):
    """One table, and the gates of what is shipped."""
    amount = PLANTED * data.outcome.mean()
    print(
        f"\n  {treated:.0%} treated, {draws} draws, {len(data):,} orders of "
        f"{len(np.unique(data.client)):,} clients, planted {amount:.1f}"
    )
    row("method", "error", "false alarms", "estimate", "coverage", "power", widths=WIDTHS)
    found = {}
    for name, method in ((BY_ORDER, by_order), (BY_CLIENT, by_client), (OURS, ours)):
        without = [method(each, treated) for each in drawn(data, treated, draws)]
        planted = [method(added(each, amount), treated) for each in drawn(data, treated, draws)]
        found[name] = without, planted
        _show(name, without, planted, amount)
    tenth = [
        ours(added(each, PLANTED * each.outcome), treated) for each in drawn(data, treated, draws)
    ]
    cap = np.quantile(data.outcome, 0.99)
    outcome = np.minimum(data.outcome, cap)
    kept = (np.minimum((1 + PLANTED) * data.outcome, cap) - outcome).mean()
    _show("ours, each treated order worth a tenth more", found[OURS][0], tenth, kept)
    _gates(f"{treated:.0%} treated", *found[OURS], amount)
    if treated == SHARES[0]:
        mine, theirs = (_power(found[name][1]) for name in (OURS, BY_CLIENT))
        more = Spread(mine.value / theirs.value, mine.low / theirs.high, mine.high / theirs.low)
        gate("times the power of clustering alone", more, 5)


def _show(name, without, planted, amount):
    row(
        name,
        f"{np.mean([each.error for each in without]):.1f}",
        f"{100 * np.mean([not each.holds(0) for each in without]):.1f} %",
        f"{np.mean([each.effect for each in planted]):.1f}",
        f"{100 * np.mean([each.holds(amount) for each in planted]):.1f} %",
        f"{100 * _power(planted).value:.0f} %",
        widths=WIDTHS,
    )


def _power(planted):
    return share([each.low > 0 for each in planted])


def _gates(name, without, planted, amount):
    false = 100 * share([not each.holds(0) for each in without])
    gate(f"false alarms without an effect, {name}, %", false, 3)
    gate(f"false alarms without an effect, {name}, %", false, 7, at_least=False)
    held = 100 * share([each.holds(amount) for each in planted])
    gate(f"95 % intervals that hold the planted effect, {name}, %", held, 93)
    gate(f"95 % intervals that hold the planted effect, {name}, %", held, 97, at_least=False)
    off = np.mean([each.effect for each in planted]) - amount
    error = np.mean([each.error for each in planted])
    gate(f"standard errors off the planted effect, {name}", abs(off) / error, 2, at_least=False)


def _weekly(data, days, draws):
    """Looks at the end of each week; what is only shown has fewer draws."""
    amount, few = PLANTED * data.outcome.mean(), draws // 4
    print(f"\n  Looks after each week, 50% treated, {draws} draws, others {few}")
    row("looks", "", "false alarms", "", "", "power", widths=WIDTHS)
    for looks, count in (("fixed", few), ("sequence", draws)):
        false, seen = (
            share([_ever(added(each, more), days, looks) for each in drawn(data, 0.5, number, 1)])
            for more, number in ((0.0, count), (amount, few))
        )
        cells = f"{100 * false.value:.1f} %", "", "", f"{100 * seen.value:.0f} %"
        row(f"ours, {looks}", "", *cells, widths=WIDTHS)
    gate("false alarms of weekly looks with the sequence, %", 100 * false, 5, at_least=False)


def _ever(data, days, looks):
    line = effect_over_time(data, days, 0.5, looks, planned=len(data))
    return any(each.can_tell for each in line.effects)


def _needed(data):
    cells = (
        f"{effect:.0%}: {quotations_needed(effect, data):,}, with the sequence "
        f"{quotations_needed(effect, data, looks='sequence'):,}"
        for effect in (PLANTED, 2 * PLANTED)
    )
    print(f"  quotations for a power of 80 %, half of the clients treated: {'; '.join(cells)}")


def _speed(quick):
    rng = np.random.default_rng(0)
    shop = tuple(column[:LARGE] for column in made_shop(rng, LARGE // 3))
    data = exposed(shop, rng.random(LARGE // 3) < 0.5)
    days = rng.integers(0, 182, LARGE)
    ways = {
        "ours": lambda: evaluate(data, 0.5),
        "ours, after each of 26 weeks": lambda: effect_over_time(data, days, 0.5),
    }
    installed = importlib.util.find_spec("statsmodels")
    if installed:
        ways["statsmodels"] = lambda: _by_statsmodels(data)
    taken = in_turns(ways, 3 if quick else 9)
    print(f"\n  {LARGE:,} exposures of {len(np.unique(data.client)):,} clients")
    for name, each in taken.items():
        row(name, seconds(each.median), widths=WIDTHS)
    if installed:
        ratio = times(taken["ours"], taken["statsmodels"])
        print(f"  ours takes {ratio.value:.1f} ({ratio.low:.1f} to {ratio.high:.1f}) times as long")
    else:
        print("  statsmodels is not installed: pip install -r requirements-bench.txt")
    gate("ms for 100,000 exposures", 1000 * taken["ours"].spread, 2_000, at_least=False)


def _by_statsmodels(data):
    """The same question, without what few clients ask for."""
    outcome = np.minimum(data.outcome, np.quantile(data.outcome, 0.99))
    known = np.column_stack([np.nan_to_num(data.before), np.isnan(data.before)])
    return clustered_ols(replace(data, outcome=outcome), known)


if __name__ == "__main__":
    run()
