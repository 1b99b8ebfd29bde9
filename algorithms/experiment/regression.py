"""Difference of two arms, adjusted for what was known before (CUPED), with errors by client.

The mean of an arm is the ratio of its sums: outcomes over quotations. Quotations of one client are
no independent draws, so its variance comes from the sums by client (delta method: Deng, Knoblich &
Lu 2018; for a regression with cluster-robust errors it is the same). CUPED (Deng, Xu, Kohavi &
Walker 2013) takes out what covariates from before the experiment explain, with slopes from within
the arms. A few clients with most of the quotations make that variance too small and too unsure:
CR2 weighs each client's sum by its leverage (Bell & McCaffrey 2002), and Satterthwaite's degrees of
freedom follow from how alike the quotations of a client are (Imbens & Kolesár 2016).
"""

from dataclasses import dataclass

import numpy as np

# A client that decides a coefficient alone has a leverage of 1 and an infinite error.
MOST_LEVERAGE = 0.999
COLLINEAR = 1e-9


@dataclass(frozen=True)
class Difference:
    """Adjusted means of the arms, and how sure they are.

    control, treated : float, means; own, other, both : float, variance of their difference, that
    of the control's mean, and the covariance of the two; freedom : float, degrees of freedom of
    ``own``.
    """

    control: float
    treated: float
    own: float
    other: float
    both: float
    freedom: float


def difference(cluster, treated, outcome, known):
    """Compare the arms.

    cluster : (n,) int from 0, of the client; treated : (n,) bool, either at least once.
    outcome : (n,) float; known : (n, k) float, covariates from before the experiment.
    Returns Difference.
    """
    arms = (~treated, treated)
    counts = [int(arm.sum()) for arm in arms]
    share = np.where(treated, 1 / counts[1], 1 / counts[0])
    inner, centres = _within(known, arms)
    basis, scale = _whitened(inner)
    slopes = basis.T @ outcome
    means = [float(outcome[arm].mean()) for arm in arms]
    # How far each arm's clients lie off all clients, in the terms of the basis.
    overall = np.average(centres, axis=0, weights=counts)
    control_off, treated_off = ((centre - overall) @ scale for centre in centres)
    left = outcome - np.where(treated, means[1], means[0]) - basis @ slopes
    weights = (
        np.where(treated, share, -share) - basis @ (treated_off - control_off),
        np.where(treated, 0.0, share) - basis @ control_off,
    )
    leverage = share + (basis**2).sum(axis=1)
    own, other, both = _covariance(cluster, weights, left, leverage)
    return Difference(
        control=means[0] - float(control_off @ slopes),
        treated=means[1] - float(treated_off @ slopes),
        own=own,
        other=other,
        both=both,
        freedom=_freedom(cluster, weights[0], left),
    )


def _within(known, arms):
    """Covariates less the mean of their arm, and the means: (n, k) and [(k,), (k,)]."""
    inner, centres = known.astype(float), []
    for arm in arms:
        centres.append(known[arm].mean(axis=0))
        inner[arm] -= centres[-1]
    return inner, centres


def _whitened(inner):
    """An orthonormal basis of the covariates, (n, r), and what leads to it, (k, r).

    What does not vary within the arms, or only together with another, has no part in it.
    """
    spread = np.sqrt((inner**2).sum(axis=0))
    spread[spread == 0] = 1.0
    values, vectors = np.linalg.eigh((inner / spread).T @ (inner / spread))
    some = values > COLLINEAR
    scale = vectors[:, some] / np.sqrt(values[some]) / spread[:, None]
    return inner @ scale, scale


def _covariance(cluster, weights, left, leverage):
    """Two variances and their covariance, CR2.

    weights : two of (n,) float. The leverage of a client is exact where its covariates are the same
    in all of its quotations, else the sum is a bound and the variance rather too large.
    """
    held = np.minimum(np.bincount(cluster, leverage), MOST_LEVERAGE)
    own, other = (np.bincount(cluster, weight * left) / np.sqrt(1 - held) for weight in weights)
    return float(own @ own), float(other @ other), float(own @ other)


def _freedom(cluster, weight, left):
    """Satterthwaite's degrees of freedom of the difference's variance."""
    size = np.bincount(cluster)
    pairs = size @ (size - 1.0)
    total = left @ left
    alike = 0.0
    if pairs and total:
        alike = (np.sum(np.bincount(cluster, left) ** 2) - total) / pairs / (total / len(left))
        alike = min(max(float(alike), 0.0), 1.0)
    own, common = np.bincount(cluster, weight**2), np.bincount(cluster, weight) ** 2
    part = (1 - alike) * own + alike * common
    return float(part.sum() ** 2 / (part @ part))
