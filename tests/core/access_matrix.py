"""The matrix of who may call what, kept as a table that people read."""

import csv
from pathlib import Path

FILE = Path(__file__).with_suffix(".csv")
KEY = ("model", "method", "with")
ADVICE = (
    "a public method is callable by everybody who logs in: is it meant for these roles? If so, "
    "WRITE_ACCESS=1 make test ONLY=/smart_recommender:TestAccessMatrix writes the table anew"
)


def read():
    """{(model, method, with what): {role: outcome}}; empty where it was never written."""
    if not FILE.is_file():
        return {}
    with FILE.open(newline="") as stream:
        return {
            tuple(row[name] for name in KEY): {
                role: outcome for role, outcome in row.items() if role not in KEY
            }
            for row in csv.DictReader(stream)
        }


def write(matrix, roles):
    with FILE.open("w", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*KEY, *roles])
        for key, outcomes in sorted(matrix.items()):
            writer.writerow([*key, *(outcomes[role] for role in roles)])


def differences(kept, found):
    """What is otherwise than it is kept, in a line each."""
    for key in sorted(kept.keys() | found.keys()):
        name = f"{key[0]}.{key[1]} with {key[2]}"
        if key not in kept:
            yield f"{name} is new: {found[key]}"
        elif key not in found:
            yield f"{name} is gone"
        else:
            for role, outcome in found[key].items():
                if kept[key].get(role) != outcome:
                    yield f"{name}, {role}: {outcome}, kept as {kept[key].get(role)}"
