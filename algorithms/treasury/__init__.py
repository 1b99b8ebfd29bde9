"""Money ahead: who pays when, the cash of the next months, and what clients are worth."""
