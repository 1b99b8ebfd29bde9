from . import call, indicator, rating, telephony
