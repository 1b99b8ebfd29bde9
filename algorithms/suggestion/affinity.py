"""Item-to-item affinity: how much a product in the basket speaks for another one.

A model is a sparse matrix W of products × products with at most 50 positive weights a row; a basket
scores a product by the sum of the weights from what it holds. Three ways to fill W, on baskets
weighted by age (half-life 120 days) and size (a product of a basket of a hundred says less about
the others than one of three):

* rules: the lower bound of the confidence of the pair rules;
* cosine: co-occurrence over the geometric mean of the products' own weights;
* EASE (Steck 2019, "Embarrassingly Shallow Autoencoders for Sparse Data"): the linear regression of
  each product on all others, B = I − P / diag(P) with P = (G + λI)⁻¹ and G = XᵀX. Unlike cosine it
  knows that two products of one bundle say the same thing twice.

The inverse needs memory with the square and time with the cube of the products: beyond a limit the
best sellers get EASE and the rest cosine.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import lapack

from ..core.significance import adjusted_p_values, effective_orders, fisher_p_values
from .itemsets import basket_matrix, blocks_of

NEIGHBOURS = 50
# Chosen on orders of 2010-12 to 2011-07 of Online Retail: 60 to 180 days and 0.5 to 1 differ by
# less than a standard error, no decay and no damping lose one to two points of hit rate.
HALF_LIFE_DAYS = 120.0
EASE_DAMPING = 0.5
COSINE_DAMPING = 1.0
# 8,000 products: 256 MB for the inverse in single precision.
EASE_PRODUCTS = 8_000
BLOCK_CELLS = 4_000_000


@dataclass(frozen=True)
class Purchases:
    """Binary baskets × products with what the methods weigh them by.

    matrix : (n, f) csr of float32 ones; products : (f,) int64 ids, ascending.
    age : (n,) float, days before the newest basket; size : (n,) int, products of each basket.
    """

    matrix: sparse.csr_matrix
    products: np.ndarray
    age: np.ndarray
    size: np.ndarray

    def weights(self, damping):
        """(n,) float32, what a basket counts."""
        sizes = np.maximum(self.size, 1).astype(np.float64)
        return (0.5 ** (self.age / HALF_LIFE_DAYS) * sizes**-damping).astype(np.float32)

    def only(self, columns):
        """The same baskets with some of the products (column numbers, ascending)."""
        return Purchases(self.matrix[:, columns], self.products[columns], self.age, self.size)


def purchases_of(baskets, least=1):
    """Purchases of Baskets; products in fewer than ``least`` baskets are left out."""
    matrix, products = basket_matrix(baskets, least)
    matrix = matrix.astype(np.float32)
    timeless = baskets.day is None or not baskets.size
    age = np.zeros(baskets.size) if timeless else baskets.day.max() - baskets.day
    return Purchases(matrix, products, age, np.diff(matrix.indptr))


def normalised(weights):
    """Scale W so that the strongest neighbour of a product weighs one on average."""
    strongest = weights.max(axis=1).toarray().ravel() if weights.nnz else np.zeros(1)
    strongest = strongest[strongest > 0]
    return weights / strongest.mean() if len(strongest) else weights


def rule_weights(rules, products):
    """W of pair rules: lower bound of their confidence.

    rules : algorithms.suggestion.rule_table.RuleTable; products : (f,) int64, ascending.
    Returns (f, f) csr_matrix.
    """
    pairs = rules.take(rules.antecedent_size == 1)
    size = len(products)
    known = np.isin(pairs.antecedent[:, 0], products) & np.isin(pairs.consequent, products)
    pairs = pairs.take(known)
    matrix = sparse.csr_matrix(
        (
            pairs.confidence_interval.low.astype(np.float32),
            (
                np.searchsorted(products, pairs.antecedent[:, 0]),
                np.searchsorted(products, pairs.consequent),
            ),
        ),
        shape=(size, size),
    )
    return _strongest(matrix)


def cosine_weights(purchases):
    """W of the cosine between the products' columns of weighted baskets.

    Returns (f, f) csr_matrix of float32 in 0..1.
    """
    weighted = sparse.diags(purchases.weights(COSINE_DAMPING)) @ purchases.matrix
    total = np.asarray(weighted.sum(axis=0)).ravel()
    scale = sparse.diags(1 / np.sqrt(np.maximum(total, np.finfo(np.float32).tiny)))
    left = (scale @ weighted.T).tocsr().astype(np.float32)
    right = (purchases.matrix @ scale).tocsr().astype(np.float32)
    parts = []
    for rows in _blocks(left, right):
        block = (left[rows] @ right).tocoo()
        other = block.col != rows.start + block.row
        parts.append(
            _strongest(
                sparse.csr_matrix(
                    (block.data[other], (block.row[other], block.col[other])), shape=block.shape
                )
            )
        )
    return sparse.vstack(parts, format="csr") if parts else sparse.csr_matrix((0, 0), dtype="f4")


def ease_weights(purchases, ratio, limit=EASE_PRODUCTS):
    """W of EASE.

    ratio : float > 0, λ as a share of the mean of the diagonal of G, so that one value suits small
        and large histories.
    limit : int, best sellers that take part; the others have empty rows and columns.
    Returns (f, f) csr_matrix of float32, positive weights only.
    """
    size = len(purchases.products)
    sold = purchases.matrix.T @ purchases.weights(EASE_DAMPING)
    chosen = np.sort(np.argsort(-sold, kind="stable")[:limit])
    if not len(chosen):
        return sparse.csr_matrix((size, size), dtype=np.float32)
    part = purchases.only(chosen)
    inner = _top_of_regression(_gram(part), ratio).tocoo()
    return sparse.csr_matrix(
        (inner.data, (chosen[inner.row], chosen[inner.col])), shape=(size, size)
    )


def with_rest(weights, fallback):
    """W whose empty rows are those of another one; both normalised first."""
    weights, fallback = normalised(weights), normalised(fallback)
    empty = np.diff(weights.indptr) == 0
    return (weights + sparse.diags(empty.astype(np.float32)) @ fallback).tocsr()


def beyond_chance(weights, purchases, max_false_rate):
    """Which pairs of W are bought together more often than chance explains.

    A product has fifty neighbours even where it goes with nothing. Fisher's exact test on the
    effective number of orders, at a false discovery rate over all pairs, tells which are real.

    max_false_rate : float in 0..1; 1 takes every pair for real.
    Returns (f, f) csr_matrix of float32 ones, a subset of the pairs with a weight.
    """
    if max_false_rate >= 1 or not weights.nnz:
        return weights.astype(bool).astype(np.float32)
    together = _counts_together(weights, purchases)
    sold = np.asarray(purchases.matrix.sum(axis=0)).ravel().astype(np.int64)
    p_values = fisher_p_values(
        together.data, sold[together.row], sold[together.col], effective_orders(purchases.size)
    )
    products = len(purchases.products)
    kept = adjusted_p_values(p_values, products * (products - 1)) <= max_false_rate
    return sparse.csr_matrix(
        (np.ones(int(kept.sum()), np.float32), (together.row[kept], together.col[kept])),
        shape=weights.shape,
    )


def _counts_together(weights, purchases):
    """Baskets with both products of each pair that has a weight, as a coo_matrix."""
    left, right = purchases.matrix.T.tocsr(), purchases.matrix
    parts = []
    for rows in _blocks(left, right):
        pattern = weights[rows].astype(bool).astype(np.float32)
        parts.append((left[rows] @ right).multiply(pattern).tocsr())
    return sparse.vstack(parts, format="coo")


def _blocks(left, right):
    """Slices of rows whose product has a bounded number of cells."""
    lengths = np.diff(right.indptr)
    work = np.zeros(left.shape[0], np.int64)
    np.add.at(
        work, np.repeat(np.arange(left.shape[0]), np.diff(left.indptr)), lengths[left.indices]
    )
    return blocks_of(np.minimum(work, right.shape[1]), BLOCK_CELLS)


def mixed_weights(first, second):
    """Mean of two W's, each normalised first, cut to the strongest again."""
    return _strongest((normalised(first) + normalised(second)).tocsr() * np.float32(0.5))


def _gram(purchases):
    """Dense weighted XᵀX in the column order LAPACK wants, (f, f) float32."""
    weighted = sparse.diags(purchases.weights(EASE_DAMPING)) @ purchases.matrix
    product = (weighted.T @ purchases.matrix).tocsc()
    return np.asfortranarray(product.toarray(order="F"), dtype=np.float32)


def _top_of_regression(gram, ratio):
    """Strongest positive weights of B = I − P / diag(P), computed in place of the Gram matrix."""
    size = len(gram)
    diagonal = np.einsum("ii->i", gram)
    diagonal += max(ratio * float(diagonal.mean()), np.finfo(np.float32).tiny)
    factor, info = lapack.spotrf(gram, lower=0, overwrite_a=1, clean=0)
    if info:
        raise np.linalg.LinAlgError(f"The Gram matrix is not positive definite (spotrf: {info}).")
    inverse, info = lapack.spotri(factor, lower=0, overwrite_c=1)
    if info:
        raise np.linalg.LinAlgError(f"The Gram matrix has no inverse (spotri: {info}).")
    diagonal = np.einsum("ii->i", inverse).copy()
    parts = []
    for rows in blocks_of(np.full(size, size), BLOCK_CELLS):
        # Only the upper triangle is filled: what lies left of the diagonal is read across it.
        block = inverse[rows].copy()
        lower = np.arange(size) < np.arange(rows.start, rows.stop)[:, None]
        block[lower] = inverse[:, rows].T[lower]
        block /= -diagonal
        block[np.arange(len(block)), np.arange(rows.start, rows.stop)] = 0
        parts.append(_strongest_of_dense(block))
    return sparse.vstack(parts, format="csr")


def _strongest_of_dense(block):
    """csr of the NEIGHBOURS largest positive entries of each row."""
    kept = min(NEIGHBOURS, block.shape[1])
    column = np.argpartition(-block, kept - 1, axis=1)[:, :kept]
    value = np.take_along_axis(block, column, axis=1)
    row = np.repeat(np.arange(len(block)), kept)
    positive = value.ravel() > 0
    return sparse.csr_matrix(
        (value.ravel()[positive], (row[positive], column.ravel()[positive])), shape=block.shape
    )


def _strongest(matrix):
    """The NEIGHBOURS largest entries of each row of a csr_matrix; ties by column."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort([matrix.indices, -matrix.data, row])
    rank = np.arange(len(order)) - matrix.indptr[row[order]]
    kept = order[rank < NEIGHBOURS]
    return sparse.csr_matrix(
        (matrix.data[kept], (row[kept], matrix.indices[kept])), shape=matrix.shape
    )
