"""Whether what was newly learned takes the place of what is in use."""

import numpy as np

# Worse is a loss beyond what chance explains, one-sided, at 95 %.
BEYOND = 1.645


def is_worse(old, new, group=None):
    """Whether a new model's losses are higher than the old one's, beyond what chance explains.

    old, new : (n,) float, losses of the same cases, none seen by either; group : (n,) int, cases
    that are alike, such as those of one client: they count as one.
    """
    loss = np.asarray(new, np.float64) - np.asarray(old, np.float64)
    if group is not None:
        _groups, place = np.unique(group, return_inverse=True)
        loss = np.bincount(place, loss)
    if len(loss) < 2:
        return False
    bound = BEYOND * loss.std(ddof=1) / np.sqrt(len(loss))
    return bool(loss.mean() > max(bound, 1e-12))
