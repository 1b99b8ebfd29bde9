from . import call, indicator, rating
