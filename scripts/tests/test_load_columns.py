"""Headers that mean one thing, and those that may mean two."""

import pytest

from bulk_load.columns import ColumnError, find_columns


def found(*header, **named):
    columns = find_columns(list(header), named)
    return {field: header[position] for field, position in columns.items()}


def test_a_header_with_one_meaning_left_is_taken():
    assert found("order", "date", "customer", "product", "name", "qty")["name"] == "name"
    assert found("order", "date", "customer", "code", "description", "qty")["product"] == "code"
    assert found("reference", "date", "customer", "sku", "qty")["order"] == "reference"
    assert found("facture", "date", "client", "reference", "libelle", "qte")["product"] == (
        "reference"
    )


def test_what_the_article_is_called_may_be_its_name():
    columns = found("commande", "date", "client", "reference", "article", "quantite")
    assert (columns["product"], columns["order"]) == ("article", "commande")


@pytest.mark.parametrize(
    ("header", "settings"),
    [
        (("reference", "date", "article", "qte"), ("COL_ORDER='reference'", "COL_PRODUCT=")),
        (("facture", "date", "code", "article", "qte"), ("COL_PRODUCT='code'", "COL_CUSTOMER=")),
        (("order", "date", "customer", "name", "qty"), ("COL_PRODUCT='name'", "COL_NAME='name'")),
        (("order", "date", "client", "code", "reference", "qte"), ("'code'", "'reference'")),
    ],
)
def test_one_with_two_meanings_is_asked_for(header, settings):
    with pytest.raises(ColumnError, match="can be") as asked:
        found(*header)
    for each in settings:
        assert each in str(asked.value)


def test_a_dash_says_that_there_is_no_column():
    header = ("facture", "date", "nom", "article", "quantite")
    assert "customer" not in found(*header, customer="-", name="-")
    assert found(*header, customer="-")["name"] == "nom"


def test_paths_as_odoo_exports_them():
    columns = found(
        "Référence de la commande", "Date de la commande", "Client",
        "Lignes de la commande/Article", "Lignes de la commande/Quantité",
        "Lignes de la commande/Prix unitaire",
    )  # fmt: skip
    assert columns["quantity"] == "Lignes de la commande/Quantité"
    assert columns["order"] == "Référence de la commande"


def test_a_file_that_is_no_table_is_told_in_short():
    with pytest.raises(ColumnError) as told:
        find_columns(["x" * 100_000])
    assert len(str(told.value)) < 400
