from . import call, call_statistics
