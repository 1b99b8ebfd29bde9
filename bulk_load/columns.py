"""Which column of a sales export means what, whoever exported it."""

import unicodedata

# Field → headers that mean it, in English and French, without accents, spaces and signs.
HEADERS = {
    "order": (
        "order", "orderreference", "orderref", "orderno", "ordernumber", "orderid", "invoice",
        "invoiceno", "invoicenumber", "commande", "numerocommande", "ncommande", "nocommande",
        "referencecommande", "refcommande", "facture", "numerofacture", "nfacture", "nofacture",
        "ticket", "reference",
    ),
    "date": (
        "date", "orderdate", "dateorder", "invoicedate", "datecommande", "datedecommande",
        "datefacture", "datedefacture",
    ),
    "customer": (
        "customer", "customerid", "customername", "customerno", "client", "idclient", "codeclient",
        "nomclient", "clientid", "numeroclient", "partner", "buyer",
    ),
    "product": (
        "product", "productid", "productcode", "sku", "stockcode", "itemcode", "item", "code",
        "defaultcode", "internalreference", "article", "codearticle", "refarticle",
        "referencearticle", "produit", "codeproduit", "refproduit", "referenceproduit",
    ),
    "name": (
        "description", "productname", "itemname", "designation", "libelle", "nomproduit",
        "nomarticle", "name", "nom",
    ),
    "quantity": ("quantity", "qty", "orderedquantity", "quantite", "qte"),
    "price": (
        "unitprice", "price", "priceunit", "pricenet", "prixunitaire", "prix", "pu", "puht",
        "prixunitaireht", "prixht",
    ),
}  # fmt: skip
REQUIRED = ("order", "date", "product", "quantity")


class ColumnError(Exception):
    """A column is missing or named wrongly; the message says which and how to name it."""


def plain(text):
    """Letters and digits of a header, without accents, lower-case."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if letter.isalnum()).lower()


def find_columns(header, named=None):
    """Position of each field in a header.

    header : list of str; named : {field: header} that the user gave.
    Returns {field: position}; fields that are not required may be absent.
    Raises ColumnError.
    """
    named = {field: name for field, name in (named or {}).items() if name}
    columns = {field: _named(header, field, name) for field, name in named.items()}
    plain_header = [plain(name) for name in header]
    for field, names in HEADERS.items():
        if field in columns:
            continue
        found = [plain_header.index(name) for name in names if name in plain_header]
        free = [position for position in found if position not in columns.values()]
        if free:
            columns[field] = free[0]
    missing = [field for field in REQUIRED if field not in columns]
    if missing:
        raise ColumnError(
            f"No column for {', '.join(missing)} among: {', '.join(header)}. Name it, for example: "
            f"make load CSV=… COL_{missing[0].upper()}='{header[0]}'"
        )
    return columns


def _named(header, field, name):
    if name not in header:
        raise ColumnError(
            f"COL_{field.upper()}={name}: there is no such column. The file has: "
            f"{', '.join(header)}."
        )
    return header.index(name)
