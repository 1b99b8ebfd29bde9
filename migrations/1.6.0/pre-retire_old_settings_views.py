# Each was fastened to a block of another's that has another name now.
OLD_VIEWS = ("offers", "stock", "clients")


def migrate(cr, _version):
    """Each subject has a view of its own on the settings page. Odoo takes the old ones away only
    after it has loaded the new, among which they no longer fit."""
    cr.execute(
        """
        UPDATE ir_ui_view
           SET active = FALSE
          FROM ir_model_data data
         WHERE data.model = 'ir.ui.view'
           AND data.res_id = ir_ui_view.id
           AND data.module = 'smart_recommender'
           AND data.name IN %s
        """,
        [tuple(f"res_config_settings_view_form_{name}" for name in OLD_VIEWS)],
    )
