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
    arms = [(~treated).astype(float), treated.astype(float)]
    shares = [arm / arm.sum() for arm in arms]
    inner, centres = _within(known.T, treated, shares)
    basis, scale = _whitened(inner)
    slopes = basis @ outcome
    means = [float(share @ outcome) for share in shares]
    # How far each arm's clients lie off all clients, in the terms of the basis.
    overall = np.average(centres, axis=0, weights=[arm.sum() for arm in arms])
    control_off, treated_off = (scale @ (centre - overall) for centre in centres)
    left = outcome - np.where(treated, means[1], means[0]) - slopes @ basis
    weights = (
        shares[1] - shares[0] - (treated_off - control_off) @ basis,
        shares[0] - control_off @ basis,
    )
    leverage = shares[0] + shares[1] + np.einsum("rn,rn->n", basis, basis)
    # Residuals of a client with much leverage are small: it has drawn the fit to itself.
    held = np.minimum(np.bincount(cluster, leverage), MOST_LEVERAGE)
    drawn = np.sqrt(1 - held)
    own, other, both = _covariance(cluster, weights, left, drawn)
    return Difference(
        control=means[0] - float(control_off @ slopes),
        treated=means[1] - float(treated_off @ slopes),
        own=own,
        other=other,
        both=both,
        freedom=_freedom(cluster, weights[0], left, drawn),
    )


def _within(known, treated, shares):
    """Covariates less the mean of their arm, and the means: (k, n) and [(k,), (k,)].

    Each has a length of 1; one that does not vary within the arms, but for rounding, is 0.
    """
    centres = [known @ share for share in shares]
    inner = known - np.where(treated, centres[1][:, None], centres[0][:, None])
    length = np.linalg.norm(inner, axis=1)
    varies = length > COLLINEAR * np.linalg.norm(known, axis=1)
    unit = np.where(varies, 1 / np.where(varies, length, 1.0), 0.0)
    return inner * unit[:, None], [centre * unit for centre in centres]


def _whitened(inner):
    """An orthonormal basis of the covariates, (r, n), and what leads to it, (r, k).

    What varies only together with another has no part in it.
    """
    values, vectors = np.linalg.eigh(inner @ inner.T)
    some = values > COLLINEAR
    scale = (vectors[:, some] / np.sqrt(values[some])).T
    return scale @ inner, scale


def _covariance(cluster, weights, left, drawn):
    """Two variances and their covariance, CR2.

    weights : two of (n,) float; drawn : (clients,) float, what is left of residuals. It is exact
    where a client's covariates are the same in all quotations, else the variance is rather too
    large.
    """
    own, other = (np.bincount(cluster, weight * left) / drawn for weight in weights)
    return float(own @ own), float(other @ other), float(own @ other)


def _freedom(cluster, weight, left, drawn):
    """Satterthwaite's degrees of freedom of the difference's variance.

    As if all quotations had one variance, and those of a client one correlation, that of residuals.
    """
    size, sums = np.bincount(cluster), np.bincount(cluster, left) / drawn
    pairs, total, alike = size @ (size - 1.0), left @ left, 0.0
    if pairs and total:
        alike = min(max((sums @ sums - total) / pairs * len(left) / total, 0.0), 1.0)
    own, common = np.bincount(cluster, weight**2), np.bincount(cluster, weight) ** 2
    part = (1 - alike) * own + alike * common
    return float(part.sum() ** 2 / (part @ part))
