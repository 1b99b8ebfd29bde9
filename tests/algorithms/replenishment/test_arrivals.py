import numpy as np

from algorithms.replenishment.arrivals import MOST_DAYS_LATE, arrivals

NAN = np.nan


def of_one(due, quantity=10.0, reach=8.0, lead=7.0, leaving=0.0):
    each = np.atleast_1d(np.asarray(due, float))
    size = np.full(len(each), quantity), np.full(len(each), leaving)
    made = arrivals(
        np.zeros(len(each), int), each, *size, np.array([reach]), np.array([lead], float)
    )
    return made.counted[0], made.left_out[0], made.late[0]


def test_what_arrives_in_time_counts_and_nothing_is_late():
    assert of_one([0, 8]) == (20, 0, 0)


def test_what_is_due_later_does_not():
    assert of_one([9, 200]) == (0, 20, 0)


def test_what_is_late_counts_for_its_lead_time_and_is_said():
    assert of_one(-7) == (10, 0, 10)
    assert of_one(-8) == (0, 10, 10)
    assert of_one(-120) == (0, 10, 10)


def test_nobody_waits_for_more_than_two_weeks():
    assert of_one(-MOST_DAYS_LATE, lead=60) == (10, 0, 10)
    assert of_one(-MOST_DAYS_LATE - 1, lead=60) == (0, 10, 10)


def test_what_has_no_date_is_not_counted_on():
    assert of_one(NAN) == (0, 10, 10)


def test_deliveries_count_by_the_same_day_and_at_once_where_late_or_undated():
    made = arrivals(
        np.array([0, 0, 0, 0, 1, -1]),
        np.array([-300.0, 3.0, 9.0, NAN, 9.0, 0.0]),
        np.zeros(6),
        np.array([1.0, 2.0, 4.0, 8.0, 16.0, 32.0]),
        np.array([8.0, 30.0]),
        np.array([7.0, 7.0]),
    )
    assert made.leaving.tolist() == [11, 16]
    assert made.counted.tolist() == [0, 0]


def test_nothing_to_come_is_nothing():
    none = np.zeros(0)
    made = arrivals(np.zeros(0, int), none, none, none, np.array([8.0]), np.array([7.0]))
    assert (made.counted.tolist(), made.leaving.tolist()) == ([0], [0])
