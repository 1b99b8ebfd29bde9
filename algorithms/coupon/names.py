"""Names of clients as people type them: case, accents and punctuation do not count."""

import unicodedata


def folded(name):
    """A name in letters and digits without accents and case, one space between its words."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
