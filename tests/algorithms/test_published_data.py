"""Rules of public data sets against their published numbers, where the data are beside us."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from algorithms.association_rules import RuleThresholds, mine_rules
from algorithms.baskets import Baskets

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


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


@pytest.mark.parametrize(
    ("name", "support", "rules"),
    [
        ("retail.dat.gz", 0.01, 110),
        ("retail.dat.gz", 0.005, 402),
        ("T10I4D100K.dat.gz", 0.01, 6),
        ("T10I4D100K.dat.gz", 0.005, 607),
    ],
)
def test_the_published_number_of_rules_comes_out(name, support, rules):
    thresholds = RuleThresholds(support, 1, 0.5, 0.0, max_antecedent=4)
    assert len(mine_rules(read_fimi(name), thresholds)) == rules
