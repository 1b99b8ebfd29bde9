import pytest

from algorithms.coupon.names import folded


@pytest.mark.parametrize(
    "name", ["Hôtel Atlas", "HOTEL ATLAS", "  hotel-atlas. ", "Ho\u0302tel\u00a0Atlas"]
)
def test_case_accents_and_punctuation_do_not_count(name):
    assert folded(name) == "hotel atlas"


def test_letters_do():
    assert folded("Straße 5") == "strasse 5"
    assert folded("فندق") == "فندق"
    assert folded("…") == ""
    assert folded("Hotel Atlas 2") != folded("Hotel Atlas")
