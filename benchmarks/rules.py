"""Frequent itemsets and rules: ours beside mlxtend and pyfim, same baskets, same thresholds."""

import importlib.util
import warnings

from algorithms.suggestion.association_rules import RuleThresholds, mine_rules
from algorithms.suggestion.itemsets import basket_matrix, frequent_itemsets

from .baskets_made import SIZES, least_count, long_tail
from .measure import compared, measured
from .table import gate, row, seconds, title
from .turns import times

SELF = "benchmarks.rules"
# Apriori would take all memory of the machine.
LIMIT_GB = {"100k lines": 18, "1M lines": 18}


# What is measured: each returns (callable, times).


def ours(size, longest):
    baskets = long_tail(size)
    least = least_count(baskets)

    def work():
        found = frequent_itemsets(baskets, least, int(longest))
        return sum(len(level.count) for level in found.levels)

    return work, 5


def our_rules(size):
    baskets = long_tail(size)
    thresholds = RuleThresholds(
        0.0, least_count(baskets), 0.1, 0.0, 1, max_false_rate=1.0, prune=False
    )
    return lambda: len(mine_rules(baskets, thresholds)), 5


def _frame(baskets, least, sparse):
    """One-hot frame for mlxtend: products below the threshold taken out for it, where dense."""
    import pandas as pd

    warnings.filterwarnings("ignore")
    if sparse:
        return pd.DataFrame.sparse.from_spmatrix(basket_matrix(baskets)[0].astype(bool))
    return pd.DataFrame(basket_matrix(baskets, least)[0].astype(bool).toarray())


def mlxtend_apriori(size, longest):
    from mlxtend.frequent_patterns import apriori

    baskets = long_tail(size)
    least = least_count(baskets)
    frame = _frame(baskets, least, sparse=True)
    share = (least - 0.5) / baskets.size
    # Seconds each: three runs tell as much as five.
    return lambda: len(apriori(frame, min_support=share, max_len=int(longest))), 3


def mlxtend_fpgrowth(size, longest):
    from mlxtend.frequent_patterns import fpgrowth

    baskets = long_tail(size)
    least = least_count(baskets)
    frame = _frame(baskets, least, sparse=True)
    share = (least - 0.5) / baskets.size
    return lambda: len(fpgrowth(frame, min_support=share, max_len=int(longest))), 3


def mlxtend_fpgrowth_pruned(size, longest):
    from mlxtend.frequent_patterns import fpgrowth

    baskets = long_tail(size)
    least = least_count(baskets)
    share = (least - 0.5) / baskets.size
    frame = _frame(baskets, least, sparse=False)
    return lambda: len(fpgrowth(frame, min_support=share, max_len=int(longest))), 3


def pyfim(size, longest):
    import fim
    import numpy as np

    baskets = long_tail(size)
    least = least_count(baskets)

    def work():
        # From the arrays, as we do: pyfim wants a list for each order.
        orders = np.split(baskets.product, np.cumsum(baskets.sizes)[:-1])
        orders = [order.tolist() for order in orders]
        return len(fim.fpgrowth(orders, supp=-least, zmax=int(longest), report="a"))

    return work, 5


def run(quick=False):
    """Print the tables; quick leaves out what takes minutes."""
    for size in SIZES:
        if quick and size in ("1M lines", "10M lines"):
            continue
        for longest in ("2", "4"):
            _compare(size, longest)
    title("Rules with all their figures (mine_rules: customers, quantities, p-values)")
    for size in SIZES:
        found = measured(SELF, "our_rules", size)
        row(size, seconds(found.seconds), f"{found.megabytes:.0f} MB", f"{found.result} rules")


def _compare(size, longest):
    title(f"Itemsets of up to {longest} products, {size}")
    peers = ["mlxtend_apriori", "mlxtend_fpgrowth", "mlxtend_fpgrowth_pruned"]
    if size == "10M lines":
        peers = []
    if importlib.util.find_spec("fim"):
        peers.append("pyfim")
    elif size == "1k orders":
        print("  pyfim is not installed: 'pip install pyfim' needs a C compiler")
    limits = dict.fromkeys(peers, LIMIT_GB.get(size, 0))
    found = compared(SELF, {way: (way, size, longest) for way in ("ours", *peers)}, limits)
    mine = found.pop("ours")
    row("method", "time", "our time ×", "memory", "sets")
    row("ours", seconds(mine.seconds), "1", f"{mine.megabytes:.0f} MB", mine.result)
    ratios = {}
    for peer, one in found.items():
        if one.failure:
            row(peer, one.failure)
            continue
        if one.result != mine.result:
            raise AssertionError(f"{peer} found {one.result} sets, we {mine.result}")
        ratios[peer] = times(one.turns, mine.turns)
        row(
            peer, seconds(one.seconds), f"{ratios[peer].value:.0f}", f"{one.megabytes:.0f} MB",
            one.result,
        )  # fmt: skip
    _gates(size, longest, ratios)


def _gates(size, longest, ratios):
    """ratios : {peer: Spread of its time over ours}."""
    modes = [ratio for peer, ratio in ratios.items() if peer != "pyfim"]
    best = min(modes, key=lambda ratio: ratio.value, default=0.0)
    if (size, longest) == ("100k lines", "2"):
        gate("times faster than mlxtend's apriori", ratios["mlxtend_apriori"], 1000)
        gate("times faster than mlxtend's best mode", best, 20)
        if "pyfim" in ratios:
            gate("times faster than pyfim", ratios["pyfim"], 2.5)
    if (size, longest) == ("1M lines", "2"):
        gate("times faster than mlxtend's best mode", best, 20)
    if longest == "4" and size in ("100k lines", "1M lines"):
        gate("times faster than fpgrowth", best, 10 if size == "100k lines" else 20)


if __name__ == "__main__":
    run()
