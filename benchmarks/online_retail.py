"""The public protocol of ../shared/data/README.md: next item in the quotation, Online Retail.

Train on invoices before 2011-07-15, test on the later baskets: hide a random product of each and
rank everything that is not shown. *Full* shows the rest of the basket, *early* three random others.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from algorithms.core.baskets import Baskets
from algorithms.suggestion.affinity import purchases_of
from algorithms.suggestion.backtest_cases import Cases, customer_history, rows_of

FILE = Path(__file__).resolve().parents[2] / "shared" / "data"
FILE = FILE / "online_retail_2010-12_to_2011-08.csv.gz"
CUT = pd.Timestamp("2011-07-15")
LEAST_INVOICES = 5
EARLY = 3


def sales():
    """Cleaned lines, a product at most once an invoice."""
    return cleaned().drop_duplicates(["InvoiceNo", "StockCode"])


def cleaned():
    """Lines with real product codes, positive, without cancelled sales."""
    lines = pd.read_csv(FILE, dtype={"InvoiceNo": str, "StockCode": str, "CustomerID": str})
    lines["InvoiceDate"] = pd.to_datetime(lines["InvoiceDate"])
    lines["StockCode"] = lines["StockCode"].str.upper()
    lines = lines[lines["StockCode"].str.match(r"^\d{5}[A-Z]{0,2}$")]
    cancelled = lines["InvoiceNo"].str.startswith("C")
    sold = lines[~cancelled & (lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    return _without_cancelled(sold.reset_index(drop=True), lines[cancelled])


def _without_cancelled(sold, cancellations):
    """Drop the latest earlier sale of the same customer, code and quantity of each cancellation."""
    earlier = {}
    keys = zip(
        sold["CustomerID"], sold["StockCode"], sold["Quantity"], sold["InvoiceDate"], strict=True
    )
    for row, (customer, code, quantity, when) in enumerate(keys):
        earlier.setdefault((customer, code, quantity), []).append((when, row))
    gone = set()
    known = cancellations[cancellations["CustomerID"].notna()]
    for customer, code, quantity, when in known[
        ["CustomerID", "StockCode", "Quantity", "InvoiceDate"]
    ].itertuples(index=False):
        candidates = earlier.get((customer, code, -quantity), [])
        before = [position for position, (day, _row) in enumerate(candidates) if day <= when]
        if before:
            gone.add(candidates.pop(before[-1])[1])
    return sold[~sold.index.isin(gone)]


def protocol(lines, cut=CUT, end=None, seed=42):
    """Training baskets and test cases.

    lines : what ``sales`` returns.
    cut, end : Timestamp, first day of the test and the one after it.
    Returns (Baskets of the known products, function of a Recommender to its Cases).
    """
    older = lines[lines["InvoiceDate"] < cut]
    later = lines[lines["InvoiceDate"] >= cut]
    if end is not None:
        later = later[later["InvoiceDate"] < end]
    counts = older["StockCode"].value_counts()
    known = np.sort(counts[counts >= LEAST_INVOICES].index.to_numpy())
    customers = np.sort(older["CustomerID"].dropna().unique())
    train = baskets_of(older[older["StockCode"].isin(known)], known, customers)
    tests = _tests(later[later["StockCode"].isin(known)], known, customers, seed)
    return train, lambda model: _cases(train, tests, model)


def baskets_of(lines, known, customers):
    invoices, basket = np.unique(lines["InvoiceNo"].to_numpy(), return_inverse=True)
    product = np.searchsorted(known, lines["StockCode"].to_numpy()) + 1
    order = np.lexsort([product, basket])
    _unique, first = np.unique(basket, return_index=True)
    return Baskets(
        basket=basket[order],
        product=product[order],
        quantity=lines["Quantity"].to_numpy(float)[order],
        customer=customer_numbers(lines["CustomerID"].iloc[first], customers),
        day=(lines["InvoiceDate"].iloc[first] - pd.Timestamp(0)).dt.total_seconds().to_numpy()
        / 86400,
    )


def customer_numbers(ids, customers):
    """1, 2, … for known customers, 0 for the others."""
    texts = ids.fillna("").to_numpy()
    at = np.minimum(np.searchsorted(customers, texts), len(customers) - 1)
    return np.where(customers[at] == texts, at + 1, 0)


def _tests(lines, known, customers, seed):
    """[(customer, hidden product, the others in random order)] of baskets with two or more."""
    rng = np.random.default_rng(seed)
    result = []
    for _invoice, basket in lines.groupby("InvoiceNo", sort=True):
        if len(basket) > 1:
            products = np.searchsorted(known, basket["StockCode"].to_numpy()) + 1
            hidden, *others = rng.permutation(products).tolist()
            result.append(
                (customer_numbers(basket["CustomerID"][:1], customers)[0], hidden, others)
            )
    return result


def _cases(train, tests, model):
    """Cases over the products of a model."""
    purchases = purchases_of(train)
    if not np.array_equal(purchases.products, model.products):
        raise ValueError("The model leaves products of the protocol out.")
    columns = {product: column for column, product in enumerate(model.products.tolist())}
    others = [[columns[product] for product in rest] for _customer, _hidden, rest in tests]
    width = len(columns)
    return Cases(
        hidden=np.array([columns[hidden] for _customer, hidden, _rest in tests]),
        full=rows_of([np.array(rest) for rest in others], width),
        early=rows_of([np.array(rest[:EARLY]) for rest in others], width),
        history=customer_history(
            train, purchases, np.array([customer for customer, _hidden, _rest in tests])
        ),
    )
