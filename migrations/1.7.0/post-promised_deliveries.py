def migrate(cr, _version):
    """What clients wait for is ordered: the default was what is reserved for them, and nobody can
    tell who chose it from who left it."""
    cr.execute(
        "UPDATE res_company SET ai_available_stock = 'outgoing'"
        " WHERE ai_available_stock = 'reserved'"
    )
