from . import call, indicator
