import apart
import house
import pytest
from selection import Selection
from series import FIRST, NEXT

ALL = Selection(standard="/smart_recommender")


@pytest.mark.parametrize(
    "chosen", [ALL, Selection(standard="/smart_recommender", words=frozenset({"call"}))]
)
def test_the_addon_is_tried_without_subjects_when_all_of_it_is_tested(chosen):
    assert apart.wanted(chosen, FIRST) == apart.rounds(apart.REMOVABLE, house.allowed())
    assert apart.wanted(chosen, NEXT) == (apart.REMOVABLE,)


def test_each_subject_is_missing_once_where_each_other_one_is_there():
    words, table = apart.REMOVABLE, house.allowed()
    gone = [house.dependants(group, table) for group in apart.rounds(words, table)]
    for one in words:
        for other in set(words) - house.dependants((one,), table):
            assert any(one in each and other not in each for each in gone), (one, other)
    assert len(gone) < len(words)


@pytest.mark.parametrize(
    "chosen",
    [
        Selection(standard="/smart_recommender", words=frozenset()),
        Selection(standard="/smart_recommender:TestRules"),
        Selection(standard="with_modules"),
        Selection(pure=("tests/algorithms",)),
    ],
)
def test_parts_of_the_tests_do_without(chosen):
    assert apart.wanted(chosen, FIRST) == ()
