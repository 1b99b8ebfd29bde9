import apart
import pytest
from selection import Selection
from series import FIRST, NEXT

ALL = Selection(standard="/smart_recommender")


@pytest.mark.parametrize(
    "chosen", [ALL, Selection(standard="/smart_recommender", words=frozenset({"call"}))]
)
def test_the_addon_is_tried_without_subjects_when_all_of_it_is_tested(chosen):
    assert apart.wanted(chosen, FIRST) == tuple((word,) for word in apart.REMOVABLE)
    assert apart.wanted(chosen, NEXT) == (apart.REMOVABLE,)


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
