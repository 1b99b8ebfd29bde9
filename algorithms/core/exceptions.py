class BadQuantityError(Exception):
    """A quantity or price that is no finite number.

    product_id : int, whose it is; day : str, its date; value : float.
    """

    def __init__(self, product_id, day, value):
        super().__init__(f"product {product_id} has {value} on {day}")
        self.product_id = product_id
        self.day = day
        self.value = value


class BadFigureError(Exception):
    """A figure of a product that a method cannot take, such as a revenue that is no number.

    row : int, its place in the array; value : float; name : str, the argument.
    """

    def __init__(self, row, value, name):
        super().__init__(f"{name} of row {row} is {value}")
        self.row = row
        self.value = value
        self.name = name


class TooManyItemsetsError(Exception):
    """The thresholds let through more itemsets than memory can hold.

    limit : int, the most that are held.
    """

    def __init__(self, limit):
        super().__init__(f"more than {limit} itemsets")
        self.limit = limit


class InsufficientDataError(Exception):
    """There is less data than a method needs.

    found : int, what there is.
    needed : int, the least that the method accepts.
    """

    def __init__(self, found, needed):
        super().__init__(f"{found} found, {needed} needed")
        self.found = found
        self.needed = needed


class ClusterError(Exception):
    """A Dask cluster that cannot be used.

    cause : "package" (Dask is not installed here), "scheduler" (it does not answer),
    "certificate" (there is none to show it), "workers" (there are none), "code" (they do not take
    ours) or "versions" (they have other libraries); detail : str.
    """

    def __init__(self, cause, detail):
        super().__init__(f"{cause}: {detail}")
        self.cause = cause
        self.detail = detail
