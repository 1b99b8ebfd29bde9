import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from algorithms.core.lookup import pair_key, places, taken

IDS = st.integers(0, 2**31 - 1)


@given(st.lists(IDS, unique=True, max_size=20), st.lists(IDS, max_size=20), st.randoms())
def test_places_are_those_of_a_dictionary(keys, others, random):
    wanted = [*others, *keys]
    random.shuffle(wanted)
    at = {key: place for place, key in enumerate(keys)}
    found = places(np.array(keys, np.int32), np.array(wanted, np.int64))
    assert found.tolist() == [at.get(key, -1) for key in wanted]
    assert found.dtype == np.int64


def test_nothing_is_found_among_no_keys():
    assert places([], [3, 4]).tolist() == [-1, -1]
    assert places(np.array([], np.int32), np.array([], np.int32)).tolist() == []
    assert places([3], []).tolist() == []


def test_a_key_beyond_either_end_is_not_found():
    assert places([5, 3], [2, 3, 4, 5, 6]).tolist() == [-1, 1, -1, 0, -1]


def test_values_are_taken_and_the_missing_filled():
    at = np.array([2, -1, 0, 2])
    assert taken([1.5, 2.5, 3.5], at).tolist() == [3.5, 0.0, 1.5, 3.5]
    assert taken(np.array([7, 8, 9], np.int32), at, 0).tolist() == [9, 0, 7, 9]
    assert np.isnan(taken([1.0, 2.0, 3.0], at, np.nan)).tolist() == [False, True, False, False]


def test_the_last_value_does_not_stand_for_a_missing_one():
    assert taken([10, 20], np.array([-1]), 0).tolist() == [0]


def test_whole_numbers_stay_whole_with_and_without_values():
    at = np.array([0, -1])
    assert taken(np.array([4], np.int32), at, 0).dtype.kind == "i"
    assert taken(np.array([], np.int32), np.array([-1, -1]), 0).dtype.kind == "i"


def test_there_is_nothing_to_take_from_no_values():
    assert taken([], np.array([-1, -1])).tolist() == [0.0, 0.0]
    assert taken([], np.array([], np.int64)).tolist() == []


@given(st.lists(st.tuples(IDS, IDS), unique=True, max_size=30))
def test_different_pairs_have_different_keys(pairs):
    first, second = np.array(pairs, np.int32).reshape(-1, 2).T
    assert len(set(pair_key(first, second).tolist())) == len(pairs)


def test_the_order_of_a_pair_matters():
    largest = 2**31 - 1
    keys = pair_key([1, 2, 0, largest], [2, 1, largest, 0]).tolist()
    assert len(set(keys)) == 4
    assert min(keys) > 0
