import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from algorithms.replenishment.kits import explode

NO_KITS = pd.DataFrame({"kit_id": [], "component_id": [], "quantity": []}).astype(
    {"kit_id": "int64", "component_id": "int64"}
)


def kits_of(*rows):
    table = pd.DataFrame(rows, columns=["kit_id", "component_id", "quantity"])
    return table.astype({"kit_id": "int64", "component_id": "int64", "quantity": "float64"})


def lines_of(*rows, kind="int64"):
    lines = pd.DataFrame(rows, columns=["product_id", "quantity"])
    return lines.astype({"product_id": kind, "quantity": "float64"})


def units(lines):
    """{product: units of all lines}."""
    return lines.groupby("product_id")["quantity"].sum().to_dict()


def test_a_kit_is_so_many_of_each_component():
    lines = lines_of((9, 2), (1, 5))
    made = explode(lines, kits_of((9, 1, 3), (9, 2, 0.5)))
    assert units(made) == {1: 11, 2: 1}


def test_lines_of_other_products_come_first_in_their_order():
    lines = lines_of((3, 1), (9, 1), (1, 1), (9, 2), (2, 1))
    made = explode(lines, kits_of((9, 7, 1)))
    assert made["product_id"].tolist() == [3, 1, 2, 7, 7]
    assert made["quantity"].tolist() == [1, 1, 1, 1, 2]
    assert made.index.tolist() == [0, 1, 2, 3, 4]


def test_other_columns_go_with_the_components():
    lines = lines_of((9, 2)).assign(date=np.datetime64("2025-03-01"), warehouse_id=4)
    made = explode(lines, kits_of((9, 1, 1), (9, 2, 1)))
    assert list(made) == list(lines)
    assert made["warehouse_id"].tolist() == [4, 4]
    assert (made["date"] == np.datetime64("2025-03-01")).all()


def test_a_refund_of_a_kit_is_one_of_its_components():
    assert units(explode(lines_of((9, 5), (9, -2)), kits_of((9, 1, 2)))) == {1: 6}


def test_a_component_of_several_kits_has_the_sales_of_all():
    lines = lines_of((8, 1), (9, 10), (1, 100))
    assert units(explode(lines, kits_of((8, 1, 1), (9, 1, 2), (9, 2, 1)))) == {1: 121, 2: 10}


def test_a_component_named_twice_adds_up():
    assert units(explode(lines_of((9, 1)), kits_of((9, 1, 2), (9, 1, 3)))) == {1: 5}


def test_a_kit_within_a_kit_is_left_to_the_caller():
    lines = lines_of((9, 1))
    assert units(explode(lines, kits_of((9, 8, 2), (8, 1, 5)))) == {8: 2}
    assert units(explode(lines, kits_of((9, 1, 10), (8, 1, 5)))) == {1: 10}


def test_without_kits_or_lines_nothing_changes():
    lines = lines_of((3, 1), (4, 2))
    assert explode(lines, NO_KITS).equals(lines)
    assert explode(lines, kits_of((9, 1, 1))).equals(lines)
    assert len(explode(lines_of(), kits_of((9, 1, 1)))) == 0


@pytest.mark.parametrize("sold", [(9,), (3,), (3, 9), ()])
def test_types_stay_and_nothing_is_warned_of(sold):
    lines = lines_of(*((product, 1) for product in sold), kind="int32")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = explode(lines, kits_of((9, 1, 1)))
    assert made["product_id"].dtype.kind == "i"
    assert made["quantity"].dtype == np.float64


def test_the_lines_given_are_not_changed():
    lines = lines_of((9, 2), (1, 5))
    before = lines.copy()
    explode(lines, kits_of((9, 1, 3)))
    assert lines.equals(before)


@given(
    st.lists(st.tuples(st.integers(1, 6), st.integers(-5, 20)), max_size=20),
    st.dictionaries(
        st.integers(4, 6),
        st.lists(st.tuples(st.integers(1, 3), st.integers(1, 4)), min_size=1, max_size=4),
    ),
)
def test_units_are_those_of_a_loop(sold, boms):
    expected = {}
    for product, quantity in sold:
        for part, each in boms.get(product, [(product, 1)]):
            expected[part] = expected.get(part, 0) + quantity * each
    table = [(kit, part, each) for kit, parts in boms.items() for part, each in parts]
    assert units(explode(lines_of(*sold), kits_of(*table))) == expected
