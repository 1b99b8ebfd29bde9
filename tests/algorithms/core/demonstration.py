"""The demonstration's year as it would be on some days, generated once for all tests."""

from datetime import date
from functools import cache

from demo.history import generate_history
from demo.stock_history import generate_stock

TODAY = date(2026, 11, 20)
# What is planted must be there whatever day it is.
DAYS_TO_BE_TODAY = [TODAY, date(2028, 2, 29), date(2027, 1, 1), date(2026, 4, 11), date(2026, 9, 8)]


@cache
def history_of(today):
    return generate_history(today)


@cache
def stock_of(today):
    return generate_stock(history_of(today))
