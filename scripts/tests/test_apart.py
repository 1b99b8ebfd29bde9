import apart
import pytest
from selection import Selection


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Selection(standard="/smart_recommender"), apart.REMOVABLE),
        (Selection(standard="/smart_recommender", words=frozenset({"call"})), apart.REMOVABLE),
        (Selection(standard="/smart_recommender", words=frozenset()), ()),
        (Selection(standard="/smart_recommender:TestRules"), ()),
        (Selection(standard="with_modules"), ()),
        (Selection(pure=("tests/algorithms",)), ()),
    ],
)
def test_the_addon_is_tried_without_subjects_when_all_of_it_is_tested(chosen, words):
    assert apart.wanted(chosen) == words
