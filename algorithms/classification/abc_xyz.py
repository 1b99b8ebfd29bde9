"""ABC by revenue and XYZ by steadiness: which products matter, and which can be planned.

    ABC   products in order of revenue; the share of revenue that lies *before* a product decides:
          A below the first limit, B below the second, C from there on. So the product that crosses
          a limit belongs to the better class, and A is never empty where anything has revenue.
          Limits are cumulative: DESIGN 20 % and 50 %, CLASSIC 80 % and 95 %.
    ties  products of equal revenue have one class, that of the first of them: the order of ids must
          not decide. Where all are equal, all are A.
    XYZ   coefficient of variation of demand per bucket, cv = s / m, s with n − 1:
          X below 0.3, Y from 0.3 to below 0.7, Z from 0.7 on.
    N     in both: no unit sold on a known day of the period.
    U     XYZ only, unknown: sold, but in fewer than four whole buckets, or in none of these.

Revenue of zero or less (gifts, refunds of earlier sales) adds nothing to the total and is C, or N
where nothing was sold. Shares are of the sum of positive revenues; they are NaN where that is zero.

Buckets are 1, 7 or 30 days and end with the last finished day: a month is 30 days, no calendar
month, which would vary by its length alone and leave one whole month in 60 days. Days that fill no
bucket are the oldest and left out, as is every bucket with an unknown day (before the first sale,
without stock). Sixty days hold 60, 8 or 2 buckets: months want a period of 120 days.

Limits: on days nearly everything is Z, for single sales scatter: at Poisson demand of m a bucket
cv = 1 / √m, so X needs more than 11 units a bucket, and Y more than two. cv of n buckets has a
standard error of about cv / √(2 (n − 1)), 27 % of it for eight weeks: classes near a limit
will change by chance.

Sources: Dickie (1951), ABC inventory analysis shoots for dollars, not pennies; Scholz-Reiter et al.
(2012), Integration of demand forecasts in ABC-XYZ analysis, Int. J. Productivity 61.
"""

from dataclasses import dataclass

import numpy as np

from ..core.exceptions import BadFigureError

A, B, C = "A", "B", "C"
X, Y, Z = "X", "Y", "Z"
NO_SALES, UNKNOWN = "N", "U"
DESIGN = (0.20, 0.50)
CLASSIC = (0.80, 0.95)
PRESETS = {"design": DESIGN, "classic": CLASSIC}
XYZ_LIMITS = (0.3, 0.7)
BUCKET_DAYS = {"day": 1, "week": 7, "month": 30}
LEAST_BUCKETS = 4
# Sums of cents differ in the last bits; a limit met but for these is met.
ROUNDING = 10


@dataclass(frozen=True)
class AbcXyz:
    """Classes of n products.

    product_ids : (n,) int64, as in the panel.
    revenue : (n,) float64, as given. share, cumulative : (n,) float64 in 0..1, of the sum of
        positive revenues, the latter with the product and all before it in order of revenue, then
        of rows; NaN where nothing has revenue.
    cv : (n,) float64 >= 0, NaN where xyz is "N" or "U". buckets : (n,) int64, whole known buckets.
    abc : (n,) str of "A", "B", "C", "N"; xyz : (n,) str of "X", "Y", "Z", "N", "U".
    """

    product_ids: np.ndarray
    revenue: np.ndarray
    share: np.ndarray
    cumulative: np.ndarray
    cv: np.ndarray
    buckets: np.ndarray
    abc: np.ndarray
    xyz: np.ndarray

    def __len__(self):
        return len(self.product_ids)


@dataclass(frozen=True)
class ClassMatrix:
    """Sums of the nine cells; rows A, B, C, columns X, Y, Z.

    count : (3, 3) int64; revenue, stock_value : (3, 3) float64, in the given currency.
    unknown : (3, 3) float64, rows A, B, C of products with xyz "U", columns count, revenue, stock
        value; no_sales : (3,) float64, the same of products "N". All together are the catalogue.
    """

    count: np.ndarray
    revenue: np.ndarray
    stock_value: np.ndarray
    unknown: np.ndarray
    no_sales: np.ndarray


def classify(
    panel,
    revenue,
    period=60,
    bucket="week",
    abc_limits=DESIGN,
    xyz_limits=XYZ_LIMITS,
    least_buckets=LEAST_BUCKETS,
):
    """ABC and XYZ classes of all products of a panel.

    panel : DemandPanel; period : int >= 1, its last days that count, all where it is shorter.
    revenue : (n,) float, of these days, in one currency, refunds deducted.
    bucket : "day", "week" or "month" (30 days).
    abc_limits : (a, b), cumulative shares, 0 < a <= b <= 1; xyz_limits : (x, y), 0 < x <= y.
    least_buckets : int >= 2.
    Returns AbcXyz. Raises BadFigureError for a revenue that is no finite number, ValueError for
    limits out of order and unknown buckets.
    """
    panel = panel.last(period)
    sold = panel.sold.sum(axis=1) > 0
    abc, share, cumulative = abc_classes(revenue, sold, abc_limits)
    cv, buckets = coefficient_of_variation(panel, bucket, least_buckets)
    return AbcXyz(
        product_ids=panel.product_ids,
        revenue=np.asarray(revenue, np.float64),
        share=share,
        cumulative=cumulative,
        cv=cv,
        buckets=buckets,
        abc=abc,
        xyz=xyz_classes(cv, sold, xyz_limits),
    )


def abc_classes(revenue, sold, limits=DESIGN):
    """Classes by cumulative revenue.

    revenue : (n,) float; sold : (n,) bool, False for class "N"; limits : (a, b) cumulative shares.
    Returns (n,) str, (n,) share, (n,) cumulative share. Raises as ``classify``.
    """
    revenue = np.asarray(revenue, np.float64)
    first, second = limits
    if not 0 < first <= second <= 1:
        raise ValueError(f"limits {limits} are no ascending shares of revenue")
    bad = ~np.isfinite(revenue)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise BadFigureError(row, float(revenue[row]), "revenue")
    positive = np.maximum(revenue, 0.0)
    total = positive.sum()
    if not total > 0:
        unknown = np.full(len(revenue), np.nan)
        return np.where(sold, C, NO_SALES), unknown, unknown.copy()
    share = positive / total
    ranked = share.round(ROUNDING)
    order = np.argsort(-ranked, kind="stable")
    running = np.minimum(np.cumsum(share[order]), 1.0)
    # Equal products start together, where the first of them starts.
    starts = np.diff(ranked[order], prepend=np.inf) != 0
    place = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    cumulative, before = np.empty_like(share), np.empty_like(share)
    cumulative[order] = running
    before[order] = np.concatenate([[0.0], running])[place].round(ROUNDING)
    earns = positive > 0
    conditions = [~np.asarray(sold, bool), earns & (before < first), earns & (before < second)]
    return np.select(conditions, [NO_SALES, A, B], default=C), share, cumulative


def coefficient_of_variation(panel, bucket="week", least_buckets=LEAST_BUCKETS):
    """Standard deviation of demand per bucket over its mean.

    panel : DemandPanel; bucket : "day", "week" or "month". Returns (n,) float64 >= 0, NaN with
    fewer than ``least_buckets`` whole buckets or no demand in them; (n,) int64 whole buckets.
    """
    if bucket not in BUCKET_DAYS:
        raise ValueError(f"bucket {bucket!r} is none of {', '.join(BUCKET_DAYS)}")
    if least_buckets < 2:
        raise ValueError("a deviation needs two buckets")
    size = BUCKET_DAYS[bucket]
    used = panel.length // size
    starts = np.arange(panel.length - used * size, panel.length, size)
    whole = starts >= panel.first[:, None]
    if panel.known is not None:
        whole &= np.logical_and.reduceat(panel.known, starts, axis=1)
    sums = np.where(whole, np.add.reduceat(panel.sold, starts, axis=1), 0.0)
    count = whole.sum(axis=1)
    mean = sums.sum(axis=1) / np.maximum(count, 1)
    squares = (np.where(whole, sums - mean[:, None], 0.0) ** 2).sum(axis=1)
    deviation = np.sqrt(squares / np.maximum(count - 1, 1))
    known = (count >= least_buckets) & (mean > 0)
    return np.divide(deviation, mean, out=np.full(len(panel), np.nan), where=known), count


def xyz_classes(cv, sold, limits=XYZ_LIMITS):
    """(n,) str. cv : (n,) float, NaN where unknown; sold : (n,) bool, False for class "N"."""
    steady, variable = limits
    if not 0 < steady <= variable:
        raise ValueError(f"limits {limits} are not ascending")
    rounded = cv.round(ROUNDING)
    conditions = [~np.asarray(sold, bool), np.isnan(cv), rounded < steady, rounded < variable]
    return np.select(conditions, [NO_SALES, UNKNOWN, X, Y], default=Z)


def class_matrix(table, stock_value):
    """Counts, revenue and stock value of each cell.

    table : AbcXyz; stock_value : (n,) float. Returns ClassMatrix.
    """
    stock_value = np.asarray(stock_value, np.float64)
    row = _places(table.abc, (A, B, C, NO_SALES))
    column = _places(table.xyz, (X, Y, Z, UNKNOWN, NO_SALES))
    weights = (np.ones(len(table)), table.revenue, stock_value)
    sums = np.array([np.bincount(5 * row + column, each, 20).reshape(4, 5) for each in weights])
    return ClassMatrix(
        count=sums[0, :3, :3].astype(np.int64),
        revenue=sums[1, :3, :3],
        stock_value=sums[2, :3, :3],
        unknown=sums[:, :3, 3].T,
        no_sales=sums[:, 3, 4],
    )


def _places(classes, names):
    """(n,) int64, the place of each class among the names."""
    return (classes[:, None] == np.array(names)).argmax(axis=1)
