from . import (
    test_suggestion_offers,
    test_suggestion_offers_backtest,
    test_suggestion_offers_list,
    test_suggestion_offers_tours,
    test_suggestion_offers_with_modules,
    test_suggestion_ranking,
    test_suggestion_rules,
    test_suggestion_settings,
    test_suggestion_small_shop,
    test_suggestion_tab,
    test_suggestion_tours,
)
