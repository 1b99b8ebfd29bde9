"""Hypothesis counts no seconds here: on a busy machine any example may take long."""

from hypothesis import settings

settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")
