"""Rules of public data sets against their published numbers, where the data are beside us."""

import gzip
from functools import cache
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from mlxtend.frequent_patterns import association_rules, fpgrowth

from algorithms.core.baskets import Baskets
from algorithms.suggestion.association_rules import RuleThresholds, mine_rules
from algorithms.suggestion.itemsets import basket_matrix, frequent_itemsets

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


@cache
def read_fimi(name):
    """Baskets of a file with one basket a line, items as numbers."""
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"{name} is not in ../shared/data")
    with gzip.open(path, "rt") as file:
        rows = [sorted({int(item) for item in line.split()}) for line in file]
    sizes = [len(row) for row in rows]
    product = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    return Baskets(
        np.repeat(np.arange(len(rows)), sizes), product, np.ones(len(product)), np.arange(len(rows))
    )


def unfiltered(support):
    return RuleThresholds(support, 1, 0.5, 0.0, 5, max_false_rate=1.0, prune=False)


@pytest.mark.parametrize(
    ("name", "support", "rules"),
    [
        ("retail.dat.gz", 0.01, 110),
        ("retail.dat.gz", 0.005, 402),
        ("retail.dat.gz", 0.002, 1886),
        ("retail.dat.gz", 0.001, 5731),
        ("T10I4D100K.dat.gz", 0.01, 6),
        ("T10I4D100K.dat.gz", 0.005, 607),
    ],
)
def test_the_published_number_of_rules_comes_out(name, support, rules):
    baskets = read_fimi(name)
    assert len(mine_rules(baskets, unfiltered(support))) == rules


@pytest.mark.parametrize(
    ("name", "support", "lengths"),
    [
        ("retail.dat.gz", 0.001, [2117, 3260, 1794, 382, 36]),
        ("T10I4D100K.dat.gz", 0.005, [569, 342, 110, 43, 9]),
    ],
)
def test_the_published_numbers_of_itemsets_come_out(name, support, lengths):
    baskets = read_fimi(name)
    itemsets = frequent_itemsets(baskets, ceil(support * baskets.size), 7)
    assert [len(level.count) for level in itemsets.levels] == lengths


# pandas warns about the fill value that its own constructor chooses for booleans.
@pytest.mark.filterwarnings("ignore:Allowing arbitrary scalar fill_value")
@pytest.mark.parametrize("name", ["retail.dat.gz", "T10I4D100K.dat.gz"])
def test_rules_equal_those_of_mlxtend_one_by_one(name):
    baskets = read_fimi(name)
    ours = {
        (rule.antecedent, rule.consequent): (
            rule.support, rule.confidence, rule.lift, rule.leverage, rule.conviction
        )
        for rule in mine_rules(baskets, unfiltered(0.005)).rules()
    }  # fmt: skip
    theirs = reference_rules(baskets, 0.005)
    assert ours.keys() == theirs.keys()
    for key, metrics in ours.items():
        assert metrics == pytest.approx(theirs[key], abs=1e-12, rel=1e-12)


def reference_rules(baskets, support):
    """{(antecedent, consequent): metrics} by mlxtend."""
    matrix, products = basket_matrix(baskets)
    frame = pd.DataFrame.sparse.from_spmatrix(matrix.astype(bool))
    found = fpgrowth(frame, min_support=support)
    table = association_rules(found, metric="confidence", min_threshold=0.5)
    table = table[table["consequents"].map(len) == 1]
    names = ["support", "confidence", "lift", "leverage", "conviction"]
    return {
        (tuple(sorted(products[list(left)].tolist())), int(products[next(iter(right))])): metrics
        for left, right, *metrics in table[["antecedents", "consequents", *names]].itertuples(
            index=False
        )
    }
