FILTERS = """
    SELECT res_id FROM ir_model_data
     WHERE module = 'smart_recommender'
       AND model = 'ir.filters'
       AND name LIKE 'ai\\_call\\_filter\\_%'
"""
ACTION = "SELECT res_id FROM ir_model_data WHERE module = 'smart_recommender' AND name = %s"


def migrate(cr, _version):
    """A page has taken the place of the call statistics and of their ready favourites.

    Favourites of users' own that can be kept go to the call log; the others asked for fields that
    the page has made needless.
    """
    cr.execute(f"DELETE FROM ir_filters WHERE id IN ({FILTERS})")
    cr.execute(
        "DELETE FROM ir_model_data WHERE module = 'smart_recommender' AND model = 'ir.filters'"
        " AND name LIKE 'ai\\_call\\_filter\\_%'"
    )
    cr.execute(
        f"DELETE FROM ir_filters WHERE action_id IN ({ACTION})"
        " AND domain ~ 'month_rank|is_current_company'",
        ("ai_call_statistics_action",),
    )
    cr.execute(
        f"UPDATE ir_filters SET action_id = ({ACTION}) WHERE action_id IN ({ACTION})",
        ("ai_call_action", "ai_call_statistics_action"),
    )
