"""Frequent itemsets: which products occur together in at least so many baskets.

Level by level, in whole numbers (Agrawal & Srikant 1994, with the tid-lists of Zaki 2000):

* products below the threshold are dropped first, for no larger set can hold them;
* pairs are the upper triangle of the co-occurrence matrix XᵀX of the sparse binary basket matrix X,
  counted pair by pair of each basket where all of the matrix fits into a few megabytes;
* a frequent set of k products is extended by the products after its last one: row s of M, the
  baskets that hold set s, times X counts every extension at once.

Products of sparse matrices are taken in blocks of rows, so that memory grows with the result and
not with the square of the catalogue. The work is Σ basket², which is why oversized orders are left
out by :mod:`.baskets`.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from ..core.exceptions import TooManyItemsetsError

# Cells of one block's product at most: 4 + 4 bytes each, about 32 MB.
BLOCK_CELLS = 4_000_000
# Of one size: about 200 bytes each while their rules are made, 400 MB in all.
MOST_ITEMSETS = 2_000_000
# Counted in one array up to 2,000 frequent products: half the time of a sparse product.
DENSE_CELLS = 4_000_000


@dataclass(frozen=True)
class Level:
    """Frequent itemsets of one size k, in lexicographic order of their columns.

    items : (m, k) int32, ascending columns of the basket matrix.
    count : (m,) int64, baskets that hold the set.
    key : (m,) int64, ascending: row of the set without its last item in the level before, times
        the number of columns, plus the last item. Finds the row of a set by binary search.
    """

    items: np.ndarray
    count: np.ndarray
    key: np.ndarray


@dataclass(frozen=True)
class Itemsets:
    """Frequent itemsets of some baskets.

    products : (f,) int64, product id of each column, ascending.
    levels : list of Level, the set sizes 1, 2, …; ends with the last size that has sets.
    basket_count : int, all baskets.
    """

    products: np.ndarray
    levels: list
    basket_count: int

    def rows(self, items):
        """Row in its level of each set in ``items`` ((m, k) columns, ascending in each row).

        Every set must be frequent.
        """
        row = items[:, 0].astype(np.int64)
        for size in range(2, items.shape[1] + 1):
            key = row * len(self.products) + items[:, size - 1]
            row = np.searchsorted(self.levels[size - 1].key, key)
        return row


def basket_matrix(baskets, least=1):
    """Sparse binary matrix of baskets × products.

    baskets : algorithms.core.baskets.Baskets; least : int, products in fewer baskets are left out.
    Returns ((n, f) csr_matrix of int32 ones, (f,) int64 product ids of the columns, ascending).
    """
    products, column = _numbered(baskets.product)
    frequent = np.bincount(column, minlength=len(products)) >= least
    keep = np.flatnonzero(frequent[column])
    columns = (np.cumsum(frequent, dtype=np.int32) - 1)[column[keep]]
    sizes = np.bincount(baskets.basket[keep], minlength=baskets.size)
    matrix = sparse.csr_matrix(
        (np.ones(len(columns), np.int32), columns, np.concatenate([[0], np.cumsum(sizes)])),
        shape=(baskets.size, int(frequent.sum())),
    )
    return matrix, products[frequent]


def _numbered(ids):
    """Distinct ids, ascending, and the position of each id among them.

    As ``np.unique``, which sorts, but by counting where the ids are not far apart.
    """
    if not len(ids) or ids.max() > 8 * len(ids) or ids.min() < 0:
        return np.unique(ids, return_inverse=True)
    present = np.bincount(ids) > 0
    return np.flatnonzero(present), (np.cumsum(present) - 1)[ids]


def frequent_itemsets(baskets, least, max_size):
    """Every set of at most ``max_size`` products that at least ``least`` baskets hold.

    baskets : algorithms.core.baskets.Baskets; least : int >= 1; max_size : int >= 1.
    Returns Itemsets. Raises TooManyItemsetsError beyond MOST_ITEMSETS of one size.
    """
    matrix, products = basket_matrix(baskets, least)
    transposed = matrix.T.tocsr()
    counts = np.diff(transposed.indptr).astype(np.int64)
    columns = np.arange(len(products), dtype=np.int64)
    levels = [Level(columns[:, None].astype(np.int32), counts, columns)] if len(products) else []
    holders = transposed
    while levels and len(levels) < max_size:
        if len(levels) == 1 and len(products) ** 2 <= DENSE_CELLS:
            level = _level(levels[0], *_pairs(matrix, least), len(products))
        else:
            level = _extended(levels[-1], holders, matrix, least)
        if not len(level.count):
            break
        levels.append(level)
        if len(levels) < max_size:
            holders = _holders(level, holders, transposed)
            matrix, transposed = _only_extendable(matrix, transposed, level)
    return Itemsets(products, levels, baskets.size)


def _pairs(matrix, least):
    """Frequent pairs: (first column, second column, count) of those that enough baskets hold.

    Every cell of the matrix is paired with those after it in its row.
    """
    width = matrix.shape[1]
    counts = np.zeros(width**2, np.int64)
    after = np.repeat(matrix.indptr[1:], np.diff(matrix.indptr)) - np.arange(matrix.nnz) - 1
    for cells in blocks_of(after, BLOCK_CELLS):
        pairs = after[cells]
        first = np.repeat(np.arange(cells.start, cells.stop), pairs)
        step = np.arange(len(first)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
        second = matrix.indices[first + 1 + step]
        key = matrix.indices[first].astype(np.int64) * width + second
        counts += np.bincount(key, minlength=width**2)
    key = np.flatnonzero(counts >= least)
    _check_number(len(key))
    return key // width, key % width, counts[key]


def _level(level, parent, item, count, width):
    """The next level, of sets of ``level`` with an item each."""
    key = parent * width + item
    order = np.argsort(key)
    items = np.column_stack([level.items[parent[order]], item[order]]).astype(np.int32)
    return Level(items, count[order], key[order])


def _holders(level, holders, transposed):
    """The baskets that hold each set of a level, out of those of the level before."""
    parent, item = np.divmod(level.key, transposed.shape[0])
    return holders[parent].multiply(transposed[item])


def _extended(level, holders, matrix, least):
    """The next level: every set with every product after its last one."""
    parents, last, counts, found = [], [], [], 0
    for rows in _blocks(holders, matrix):
        product = holders[rows] @ matrix
        frequent = np.flatnonzero(product.data >= least)
        item = product.indices[frequent]
        row = rows.start + np.searchsorted(product.indptr, frequent, side="right") - 1
        after = item > level.items[row, -1]
        found += int(after.sum())
        _check_number(found)
        parents.append(row[after])
        last.append(item[after])
        counts.append(product.data[frequent[after]].astype(np.int64))
    parent, item, count = (np.concatenate(part) for part in (parents, last, counts))
    return _level(level, parent, item, count, matrix.shape[1])


def _check_number(found):
    """Better a message than a worker that the system kills."""
    if found > MOST_ITEMSETS:
        raise TooManyItemsetsError(MOST_ITEMSETS)


def _blocks(holders, matrix):
    """Slices of rows whose product with the matrix has a bounded number of cells."""
    sizes = np.diff(matrix.indptr)
    work = np.add.reduceat(
        np.append(sizes[holders.indices], 0), np.minimum(holders.indptr[:-1], holders.nnz)
    )
    work[np.diff(holders.indptr) == 0] = 0
    return blocks_of(np.minimum(work, matrix.shape[1]), BLOCK_CELLS)


def blocks_of(work, limit):
    """Slices of consecutive rows with about ``limit`` work each, one row at least.

    work : (m,) int, work of each row. Returns list of slice.
    """
    starts = np.flatnonzero(np.diff(np.cumsum(work) // limit, prepend=-1))
    stops = [*starts[1:], len(work)] if len(work) else []
    return [slice(start, stop) for start, stop in zip(starts, stops, strict=True)]


def _only_extendable(matrix, transposed, level):
    """Empty the columns that end no set of the level: nothing larger can hold them last.

    The shape is kept, so that columns keep their meaning.
    """
    used = np.zeros(matrix.shape[1], bool)
    used[level.items[:, 1:]] = True
    keep = sparse.diags(used.astype(np.int32), dtype=np.int32)
    smaller = (matrix @ keep).tocsr()
    smaller.eliminate_zeros()
    smaller.sort_indices()
    return smaller, (keep @ transposed).tocsr()
