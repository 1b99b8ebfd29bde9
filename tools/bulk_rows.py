"""Rows of a model in bulk, past the ORM: appended, replaced, merged or updated.

``create`` takes about a millisecond a row and COPY ten microseconds. In return nothing of the ORM
applies: no access right, default, constraint of Python or stored compute. Callers therefore name
every column that shall not be NULL, and round figures themselves: what is computed from the rows
later must not lose what a field merely shows rounded.

rows : {column: values}. A column is a stored field, or one of the model's ``_array_columns``
    ({name: type}), which the ORM does not know. Values are an array or list of n, or one value for
    all rows. None, False (but in Boolean), NaN, NaT, and 0 in a Many2one are stored as NULL.

    Integer, Many2one          whole numbers that PostgreSQL's int4 can hold
    Float, Monetary            finite numbers
    Char, Text, Html           text without NUL; Selection: one of its values
    Date, Datetime (UTC)       dates, datetimes, datetime64 or ISO text
    Json                       what ``json.dumps`` takes
    array columns              a sequence for each row, or a table (n, k)

``create_uid``, ``write_date`` and their like are filled in. Companies are not: a training's is
seldom the one that its user works in.

All functions flush before and invalidate after, and raise BadRowError for what does not fit; some
rows may be written by then, so the transaction, or a savepoint around the call, is rolled back.
"""

import json
import math
from contextlib import contextmanager
from datetime import date

from odoo.fields import Datetime
from odoo.tools import SQL

from . import binary_copy

NULL = "\\N"
INT4 = 2**31
CREATED, WRITTEN = ("create_uid", "create_date"), ("write_uid", "write_date")
TEXTS = ("char", "text", "html", "selection")


class BadRowError(ValueError):
    """A value that its column cannot hold; says the model, the column and the row."""


def create_array_columns(model):
    """Add the columns of ``_array_columns`` to a model's table; for its ``init``."""
    for name, kind in model._array_columns.items():
        model.env.cr.execute(
            SQL(
                "ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s",
                SQL.identifier(model._table),
                SQL.identifier(name),
                SQL(kind),
            )
        )


def append(model, rows):
    """Add rows. Returns their number."""
    rows = _stamped(model, rows, CREATED + WRITTEN)
    _check_complete(model, rows)
    model.env.flush_all()
    _copy(model, model._table, rows)
    model.env.invalidate_all()
    return _count(rows)


def replace(model, condition, rows):
    """Put rows in the place of those that a condition is true of.

    condition : odoo.tools.SQL over the model's table. Returns the number of new rows.
    """
    model.env.flush_all()
    table = SQL.identifier(model._table)
    model.env.cr.execute(SQL("DELETE FROM %s WHERE %s", table, condition))
    return append(model, rows)


def merge(model, keys, rows):
    """Add rows, or put their values into those that have the same keys; their ids stay.

    keys : names of the columns of a unique constraint. Rows that stay as they are are not written,
    where the model keeps no dates of writing. Returns the number of rows.
    """
    rows = _stamped(model, rows, CREATED + WRITTEN)
    _check_complete(model, rows)
    changed = [name for name in rows if name not in (*keys, *CREATED)]
    with _session_table(model, rows) as source:
        model.env.cr.execute(
            SQL(
                "INSERT INTO %(table)s (%(names)s) SELECT %(names)s FROM %(source)s"
                " ON CONFLICT (%(keys)s) DO UPDATE SET %(updates)s"
                " WHERE (%(own)s) IS DISTINCT FROM (%(new)s)",
                table=SQL.identifier(model._table),
                names=_listed(rows),
                source=source,
                keys=_listed(keys),
                updates=_assigned(changed, "excluded"),
                own=_listed(changed, model._table),
                new=_listed(changed, "excluded"),
            )
        )
    return _count(rows)


def update(model, keys, rows, stamps=()):
    """Put values into the rows that have the same keys. Returns the number of changed rows.

    keys : names of columns that tell each of ``rows`` from the others. stamps : columns that change
    with the others only. Rows that stay as they are are not written, or each would leave a dead
    copy of itself behind.
    """
    stamped = _stamped(model, rows, WRITTEN)
    stamps = (*stamps, *(name for name in stamped if name not in rows))
    names = [name for name in stamped if name not in keys]
    compared = [name for name in names if name not in stamps]
    table = SQL.identifier(model._table)
    with _session_table(model, stamped) as source:
        # PostgreSQL may take a table that it has not counted yet for a few rows, and look for each
        # of them through all of these: twelve seconds for 10,000 rows without an index.
        model.env.cr.execute(SQL("CREATE UNIQUE INDEX ON %s (%s)", source, _listed(keys)))
        model.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET %(updates)s FROM %(source)s new WHERE (%(own_keys)s) ="
                " (%(new_keys)s) AND (%(own)s) IS DISTINCT FROM (%(new)s)",
                table=table,
                updates=_assigned(names, "new"),
                source=source,
                own_keys=_listed(keys, model._table),
                new_keys=_listed(keys, "new"),
                own=_listed(compared, model._table),
                new=_listed(compared, "new"),
            )
        )
        return model.env.cr.rowcount


@contextmanager
def _session_table(model, rows):
    """A table of this transaction with some columns of the model's, filled with rows."""
    cr, name = model.env.cr, f"{model._table}_new"[-63:]
    table = SQL("pg_temp.%s", SQL.identifier(name))
    model.env.flush_all()
    cr.execute(
        SQL(
            "CREATE TEMPORARY TABLE %s ON COMMIT DROP AS SELECT %s FROM %s WITH NO DATA",
            SQL.identifier(name),
            _listed(rows),
            SQL.identifier(model._table),
        )
    )
    _copy(model, name, rows)
    yield table
    cr.execute(SQL("DROP TABLE %s", table))
    model.env.invalidate_all()


def _listed(names, table=None):
    parts = (table,) if table else ()
    return SQL(", ").join(SQL.identifier(*parts, name) for name in names)


def _assigned(names, source):
    return SQL(", ").join(
        SQL("%s = %s", SQL.identifier(name), SQL.identifier(source, name)) for name in names
    )


# ------------------------------------------------------------------
# Rows as text
# ------------------------------------------------------------------


def _stamped(model, rows, names):
    """Rows with who writes them and when, where the model keeps that."""
    if not model._log_access:
        return rows
    now = Datetime.now()
    return rows | {name: now if name.endswith("_date") else model.env.uid for name in names}


def _check_complete(model, rows):
    for name, field in model._fields.items():
        if field.required and field.store and field.column_type and name not in rows:
            raise BadRowError(f"{model._name}.{name} is required and not among the columns.")


def _is_one_for_all(values):
    """Whether a column is given as one value; a dict is one of a Json field."""
    return isinstance(values, str | dict) or not hasattr(values, "__len__")


def _count(rows):
    """Number of rows. Raises BadRowError where columns differ in length or none has any."""
    lengths = {name: len(each) for name, each in rows.items() if not _is_one_for_all(each)}
    if len(set(lengths.values())) != 1:
        raise BadRowError(f"Columns need one length: {lengths}")
    return next(iter(lengths.values()))


def _copy(model, table, rows):
    """Write rows into a table that has these columns, a bounded number of texts at a time."""
    count, encoders = _count(rows), {name: _encoder(model, name) for name in rows}
    for start in range(0, count, binary_copy.ROWS_AT_A_TIME):
        stop = min(start + binary_copy.ROWS_AT_A_TIME, count)
        texts = [
            _texts(model, name, values, encoders[name], start, stop)
            for name, values in rows.items()
        ]
        binary_copy.write_rows(model.env.cr, table, list(rows), zip(*texts, strict=True))


def _texts(model, name, values, encode, start, stop):
    """Texts of a part of a column. Raises BadRowError, which names the first bad row."""
    single = _is_one_for_all(values)
    part = [values] if single else values[start:stop]
    field = model._fields.get(name)
    try:
        texts = encode(part)
    except (ValueError, TypeError, OverflowError):
        row, error = _first_bad(encode, part)
        raise _bad_row(model, name, start + row, part[row], error) from error
    if (name == "id" or (field and field.required)) and NULL in texts:
        row = texts.index(NULL)
        raise _bad_row(model, name, start + row, part[row], "in a required column")
    return texts * (stop - start) if single else texts


def _bad_row(model, name, row, value, reason):
    return BadRowError(f"{model._name}.{name}, row {row}: {_python_values(value)!r:.200} {reason}")


def _first_bad(encode, values):
    """(position, error) of the first value that cannot be encoded."""
    for row, value in enumerate(values):
        try:
            encode([value])
        except (ValueError, TypeError, OverflowError) as error:
            return row, error
    raise AssertionError("each value fits alone")


def _encoder(model, name):
    """Function that turns Python values of a column into a list of texts for COPY."""
    arrays = getattr(model, "_array_columns", {})
    if name in arrays:
        return _float_arrays if arrays[name].startswith("float") else _arrays
    field = model._fields.get(name)
    if not (field and field.store and field.column_type) or (
        field.translate or field.company_dependent
    ):
        raise BadRowError(f"{model._name}.{name} is no plain column.")
    if field.type == "selection":
        allowed = set(field.get_values(model.env))
        return lambda values: _by_value(values, lambda value: _chosen(value, allowed))
    if field.type in TEXTS:
        return lambda values: _by_value(values, _text)
    return ENCODERS[field.type]


def _by_value(values, encode):
    """Encode each different value once: there are few texts, and fewer days."""
    values = _python_values(values)
    known = {value: encode(value) for value in set(values)}
    return [known[value] for value in values]


def _text(value):
    if value is None or value is False:
        return NULL
    if not isinstance(value, str):
        raise TypeError("is no text")
    if "\0" in value:
        raise ValueError("holds NUL, which PostgreSQL cannot store")
    return binary_copy.escaped(value)


def _chosen(value, allowed):
    if value and value not in allowed:
        raise ValueError(f"is none of {sorted(allowed)}")
    return _text(value)


def _numbers(values):
    """(n,) array, NaN for None and False."""
    import numpy as np  # only training pays for it

    if getattr(values, "dtype", np.dtype(object)).kind in "iuf":
        return values
    return np.array([math.nan if v is None or v is False else v for v in values], np.float64)


def _with_nulls(texts, missing):
    for row in missing.nonzero()[0].tolist():
        texts[row] = NULL
    return texts


def _integers(values, is_reference=False):
    import numpy as np

    numbers = _numbers(values)
    missing = np.isnan(numbers) | (is_reference & (numbers == 0))
    numbers = np.where(missing, 0, numbers)
    if (numbers != np.floor(numbers)).any():
        raise ValueError("is no whole number")
    if (numbers < -INT4).any() or (numbers >= INT4).any():
        raise ValueError("is beyond int4")
    return _with_nulls(list(map(str, numbers.astype(np.int64).tolist())), missing)


def _references(values):
    return _integers(values, is_reference=True)


def _floats(values):
    import numpy as np

    numbers = _numbers(values)
    if np.isinf(numbers).any():
        raise ValueError("is not finite")
    return _with_nulls([repr(float(value)) for value in numbers.tolist()], np.isnan(numbers))


def _booleans(values):
    return [NULL if v is None else "t" if v else "f" for v in _python_values(values)]


def _moment(value):
    """ISO text of a day or moment."""
    if value is None or value is False:
        return NULL
    if getattr(value, "tzinfo", None):
        raise ValueError("has a time zone: UTC without it is stored")
    text = str(value)
    date.fromisoformat(text[:10])
    return text


def _moments(values):
    if getattr(values, "dtype", None) is not None and values.dtype.kind == "M":
        values = values.astype("datetime64[us]")  # of nanoseconds numpy makes integers
    return _by_value(values, _moment)


def _json(values):
    return [
        NULL if value is None else _text(json.dumps(value, allow_nan=False)) for value in values
    ]


def _arrays(values):
    return [NULL if row is None else _array(map(repr, _python_values(row))) for row in values]


def _float_arrays(values):
    """Nine digits are all that float4 holds."""
    return [
        NULL if row is None else _array([f"{value:.9g}" for value in _python_values(row)])
        for row in values
    ]


def _python_values(values):
    return values.tolist() if hasattr(values, "tolist") else values


def _array(texts):
    return "{" + ",".join(texts) + "}"


ENCODERS = {
    "integer": _integers,
    "many2one": _references,
    "float": _floats,
    "monetary": _floats,
    "boolean": _booleans,
    "date": _moments,
    "datetime": _moments,
    "json": _json,
}
