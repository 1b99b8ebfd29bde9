"""What is fetched from the database together."""

MODULE = "smart_recommender"


def fetch_apart(model):
    """Have the columns that we add to a model of Odoo's fetched together, and only once one of them
    is asked for: whoever saves an order reads its company, and none of our settings.

    model : empty recordset whose fields are set up. ORM reference, ``Field.prefetch``.
    """
    for field in model._fields.values():
        if field.prefetch is True and field._modules == (MODULE,):
            field.prefetch = MODULE
