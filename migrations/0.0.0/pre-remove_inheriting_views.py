def migrate(cr, _version):
    """Run before each upgrade, whatever the version.

    Odoo checks a changed view together with those that inherit from the same one, which are still
    the old ones then, with buttons and fields that may be gone. Ours are removed, the innermost
    first, and made again from their files; one that a view of somebody else inherits from stays.
    """
    while True:
        cr.execute(
            """
            DELETE FROM ir_ui_view view
             USING ir_model_data data
             WHERE data.model = 'ir.ui.view'
               AND data.res_id = view.id
               AND data.module = 'smart_recommender'
               AND view.inherit_id IS NOT NULL
               AND NOT EXISTS (SELECT FROM ir_ui_view other WHERE other.inherit_id = view.id)
         RETURNING view.id
            """
        )
        removed = [row[0] for row in cr.fetchall()]
        if not removed:
            return
        cr.execute(
            "DELETE FROM ir_model_data WHERE model = 'ir.ui.view' AND res_id = ANY(%s)", [removed]
        )
