"""Stars: our factors beside Surprise's methods, five folds, the same for all, one thread each.

MovieLens-100k where RATINGS names the folder with its u.data, which may not be passed on; made
ratings of clients with tastes always. The peers are those of scikit-surprise 1.1 with the settings
that it ships.
"""

import os
from pathlib import Path

import numpy as np

from algorithms.rating.model import METHODS
from algorithms.rating.ratings import build_ratings
from algorithms.rating.training import FOLDS, cross_validate, deal, fold_errors

from . import measure
from .table import gate, row, seconds, title
from .turns import times

SEED = 2
WIDTHS = (36, 10, 10, 12, 10)
PEERS = ("BaselineOnly", "SVD", "KNNBaseline")
MOVIES = "movies"
MADE = (2_000, 600, 80)
QUICK = (300, 150, 40)
LONG_TAIL = 0.7
NOISE = 0.8


def run(quick=False):
    if (_folder() / "u.data").is_file():
        title("Stars of clients, MovieLens-100k, five folds")
        ours, peers = _compare(MOVIES, 1 if quick else 3)
        gate("RMSE in thousandths of a star", 1e3 * ours.result[0], 934, at_least=False)
        gate("MAE in thousandths of a star", 1e3 * ours.result[1], 737, at_least=False)
        _beside(ours, peers)
    else:
        print("  RATINGS names no folder with u.data: MovieLens-100k is not measured")
    size = QUICK if quick else MADE
    title("The same, made ratings, {:,} clients × {:,} products".format(*size))
    ours, peers = _compare(",".join(map(str, size)), 1 if quick else 3)
    print(f"  noise that nobody can tell: RMSE about {NOISE}")
    _beside(ours, peers, 1 if quick else 5)


def _compare(data, runs):
    """Rows of the table; (Measured of our factors, {peer: Measured})."""
    row("method", "RMSE", "MAE", "five folds", "MB", widths=WIDTHS)
    ways = {f"ours: {name}": ("ours", data, name, str(runs)) for name in METHODS}
    if has_surprise():
        ways |= {f"Surprise: {name}": ("surprise", data, name, str(runs)) for name in PEERS}
    else:
        print("  scikit-surprise is not installed: not compared")
    found = measure.compared("benchmarks.ratings", ways)
    for name, one in found.items():
        rmse, mae = one.result or (np.nan, np.nan)
        figures = f"{rmse:.4f}", f"{mae:.4f}", seconds(one.seconds), f"{one.megabytes:.0f}"
        row(name, *figures, one.failure, widths=(*WIDTHS, 0))
    peers = {name: found[f"Surprise: {name}"] for name in PEERS if f"Surprise: {name}" in found}
    return found["ours: factors"], {name: one for name, one in peers.items() if one.result}


def _beside(ours, peers, faster=5):
    if "SVD" in peers:
        svd = peers["SVD"]
        gate("times faster than SVD", times(svd.turns, ours.turns), faster)
        gate("RMSE, SVD = 100", 100 * ours.result[0] / svd.result[0], 100, at_least=False)
        gate("MAE, SVD = 100", 100 * ours.result[1] / svd.result[1], 100, at_least=False)
    if "KNNBaseline" in peers:
        share = 100 * ours.result[0] / peers["KNNBaseline"].result[0]
        gate("RMSE, KNNBaseline = 100", share, 100, at_least=False)


def ours(data, method, runs):
    """Cross-validation by one of our methods, for benchmarks.measure: [RMSE, MAE]."""
    ratings = _ratings(data)

    def work():
        errors = cross_validate(ratings, SEED, (method,)).errors[method]
        return [errors.rmse, errors.mae]

    return work, int(runs)


def surprise(data, method, runs):
    """The same by a method of Surprise. Its own sets are made before the clock runs."""
    import surprise as peer

    ratings = _ratings(data)
    folds = deal(len(ratings), SEED)
    rows = list(
        zip(ratings.client.tolist(), ratings.product.tolist(), ratings.stars.tolist(), strict=True)
    )
    sets = []
    for fold in range(FOLDS):
        shown = [(*rows[place], None) for place in np.flatnonzero(folds != fold)]
        maker = peer.Dataset(peer.Reader(rating_scale=(1, 5)))
        hidden = [rows[place] for place in np.flatnonzero(folds == fold)]
        sets.append((maker.construct_trainset(shown), hidden))

    def work():
        predicted = np.empty(len(rows))
        for fold, (shown, hidden) in enumerate(sets):
            told = _peer(peer, method).fit(shown).test(hidden)
            predicted[folds == fold] = [one.est for one in told]
        rmse, mae = fold_errors(ratings.stars, predicted, folds)
        return [float(rmse.mean()), float(mae.mean())]

    return work, 1 if method == "KNNBaseline" else int(runs)


def _peer(peer, method):
    if method == "SVD":
        return peer.SVD(random_state=0)
    return getattr(peer, method)(verbose=False)


def has_surprise():
    """Whether the peer is installed."""
    try:
        import surprise  # noqa: F401
    except ImportError:
        return False
    return True


def _folder():
    return Path(os.environ.get("RATINGS") or ".")


def _ratings(data):
    if data == MOVIES:
        rows = np.loadtxt(_folder() / "u.data", np.int64, usecols=(0, 1, 2))
        return build_ratings(*rows.T)
    return made(*map(int, data.split(",")))


def made(clients, products, each, seed=0):
    """Ratings of clients with four tastes; few products have most of them, as in a shop.

    each : products that a client draws, some of them twice.
    """
    rng = np.random.default_rng(seed)
    share = 1 / np.arange(1, products + 1) ** LONG_TAIL
    client = np.repeat(np.arange(clients), each)
    product = rng.choice(products, len(client), p=share / share.sum())
    pair = np.unique(client * products + product)
    client, product = pair // products, pair % products
    likes, has = rng.standard_normal((clients, 4)), rng.standard_normal((products, 4))
    stars = 3.6 + rng.normal(0, 0.4, clients)[client] + rng.normal(0, 0.5, products)[product]
    stars += 0.25 * (likes[client] * has[product]).sum(axis=1) + rng.normal(0, NOISE, len(pair))
    return build_ratings(client + 1, product + 1, np.clip(np.round(stars), 1, 5))


if __name__ == "__main__":
    run()
