"""Which column of a sales export means what, whoever exported it."""

import unicodedata

from .problems import FileError, remedy

# Field → headers that mean it, in English and French, without accents, spaces and signs.
HEADERS = {
    "order": (
        "order", "orderreference", "orderref", "orderno", "ordernumber", "orderid", "invoice",
        "invoiceno", "invoicenumber", "commande", "numerocommande", "ncommande", "nocommande",
        "referencecommande", "refcommande", "referencedelacommande", "facture", "numerofacture",
        "nfacture", "nofacture", "ticket", "numeroticket", "nticket",
    ),
    "date": (
        "date", "orderdate", "dateorder", "invoicedate", "datecommande", "datedecommande",
        "datedelacommande", "datefacture", "datedefacture",
    ),
    "customer": (
        "customer", "customerid", "customername", "customerno", "client", "idclient", "codeclient",
        "nomclient", "clientid", "numeroclient", "partner", "partnerid", "buyer",
    ),
    "product": (
        "product", "productid", "productcode", "sku", "stockcode", "itemcode", "item",
        "defaultcode", "internalreference", "article", "codearticle", "refarticle",
        "referencearticle", "produit", "codeproduit", "refproduit", "referenceproduit",
    ),
    "name": (
        "description", "productname", "itemname", "designation", "libelle", "nomproduit",
        "nomarticle",
    ),
    "quantity": ("quantity", "qty", "orderedquantity", "productuomqty", "quantite", "qte"),
    "price": (
        "unitprice", "price", "priceunit", "pricenet", "prixunitaire", "prix", "pu", "puht",
        "prixunitaireht", "prixht",
    ),
}  # fmt: skip
REQUIRED = ("order", "date", "product", "quantity")
# Headers that mean one thing here and another there; what else the file has decides, or the user.
AMBIGUOUS = {
    "reference": ("order", "product"),
    "ref": ("order", "product"),
    "code": ("product", "customer"),
    "name": ("customer", "product", "name"),
    "nom": ("customer", "product", "name"),
}
# These name the article, while its code may stand in a column of another header.
NAME_OR_CODE = frozenset(("article", "produit", "product", "item"))
FRENCH = frozenset(
    ("commande", "facture", "client", "article", "produit", "quantite", "qte", "prix",
     "prixunitaire", "designation", "libelle", "nom", "numeroticket", "datecommande",
     "datefacture", "codearticle", "codeclient")
)  # fmt: skip
WORDS = {
    "order": "the order",
    "customer": "the customer",
    "product": "the product",
    "name": "the description",
}
NONE = "-"
# Longer texts say nothing more in a message.
SHOWN_LENGTH = 40


class ColumnError(FileError):
    """A column is missing, unclear or named wrongly; the message says which and how to name it."""


def plain(text):
    """Letters and digits of a header, without accents, lower-case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if letter.isalnum()).lower()


def plain_header(header):
    """A header in plain letters; of a path as Odoo exports it, Order Lines/Product, the end."""
    known = {*AMBIGUOUS, *(name for names in HEADERS.values() for name in names)}
    names = []
    for name in header:
        whole = plain(name)
        names.append(whole if whole in known else plain(name.rpartition("/")[2]))
    return names


def likeness(header, named=None):
    """How many fields a row could be the header of."""
    names = plain_header(header)
    clear = {field for field, known in HEADERS.items() if set(known) & set(names)}
    clear |= {field for field, name in (named or {}).items() if name in header}
    return len(clear) + len(set(AMBIGUOUS) & set(names))


def is_french(header):
    return bool(FRENCH & set(plain_header(header)))


def find_columns(header, named=None, examples=None):
    """Position of each field in a header.

    header : list of str; named : {field: header} that the user gave, ``NONE`` for no column.
    examples : function of a position that returns a few of its values, for questions.
    Returns {field: position}; fields that are not required may be absent.
    Raises ColumnError.
    """
    examples = examples or (lambda _position: [])
    named = {field: name for field, name in (named or {}).items() if name}
    columns = {field: _named(header, field, name) for field, name in named.items() if name != NONE}
    names = plain_header(header)
    for field, known in HEADERS.items():
        if field in named:
            continue
        found = [names.index(name) for name in known if name in names]
        free = [position for position in found if position not in columns.values()]
        if free:
            columns[field] = free[0]
    columns.update(_unclear(header, names, columns, named, examples))
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        among = ", ".join(_shown(name, examples(place)) for place, name in enumerate(header))
        raise ColumnError(
            f"No column for {', '.join(missing)} among: {among}. Name it, for example: "
            + remedy(f"COL_{missing[0].upper()}='{header[0][:SHOWN_LENGTH]}'")
        )
    return columns


def _unclear(header, names, columns, named, examples):
    """{field: position} of ambiguous headers that the other columns leave one meaning.

    Raises ColumnError where two remain, or where two headers remain for one field.
    """
    product = columns.get("product")
    certain = set(columns) | set(named)
    if "product" not in named and product is not None and names[product] in NAME_OR_CODE:
        certain.discard("product")
    decided, questions = {}, []
    for position, name in enumerate(names):
        if name not in AMBIGUOUS or position in columns.values():
            continue
        left = [field for field in AMBIGUOUS[name] if field not in certain]
        if "name" in AMBIGUOUS[name] and "product" in columns:
            left = [field for field in left if field != "product"]
        if len(left) > 1:
            questions.append((position, left))
        elif left and left[0] in decided:
            questions += [(decided[left[0]], left), (position, left)]
        elif left and left[0] not in columns:
            decided[left[0]] = position
    if questions:
        raise ColumnError(_question(header, questions, examples))
    return decided


def _question(header, questions, examples):
    lines = []
    for position, fields in dict(questions).items():
        name = header[position]
        meanings = " or ".join(WORDS[field] for field in fields)
        settings = " or ".join(f"COL_{field.upper()}='{name}'" for field in fields)
        lines.append(f"The column {_shown(name, examples(position))} can be {meanings}: {settings}")
    lines.append("Say which: " + remedy("with these settings. COL_…=- says that there is none."))
    return "\n".join(lines)


def _shown(name, values):
    """A header with a few of its values."""
    name, *values = (text[:SHOWN_LENGTH] for text in (name, *values))
    return f"'{name}' ({', '.join(values)}, …)" if values else f"'{name}'"


def _named(header, field, name):
    if name not in header:
        raise ColumnError(
            f"COL_{field.upper()}={name}: there is no such column. The file has: "
            f"{', '.join(header)}."
        )
    return header.index(name)
