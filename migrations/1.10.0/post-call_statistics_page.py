def migrate(cr, _version):
    """A page has taken the place of the call statistics and of their ready favourites.

    Favourites of users' own that can be kept go to the call log; the others asked for fields that
    the page has made needless.
    """
    cr.execute(
        """
        DELETE FROM ir_filters
         USING ir_model_data data
         WHERE data.module = 'smart_recommender'
           AND data.model = 'ir.filters'
           AND data.name LIKE 'ai\\_call\\_filter\\_%'
           AND ir_filters.id = data.res_id
        """
    )
    cr.execute(
        """
        DELETE FROM ir_model_data
         WHERE module = 'smart_recommender'
           AND model = 'ir.filters'
           AND name LIKE 'ai\\_call\\_filter\\_%'
        """
    )
    cr.execute(
        """
        DELETE FROM ir_filters
         USING ir_model_data data
         WHERE data.module = 'smart_recommender'
           AND data.name = 'ai_call_statistics_action'
           AND ir_filters.action_id = data.res_id
           AND ir_filters.domain ~ 'month_rank|is_current_company'
        """
    )
    cr.execute(
        """
        UPDATE ir_filters
           SET action_id = log.res_id
          FROM ir_model_data data, ir_model_data log
         WHERE data.module = 'smart_recommender'
           AND data.name = 'ai_call_statistics_action'
           AND ir_filters.action_id = data.res_id
           AND log.module = 'smart_recommender'
           AND log.name = 'ai_call_action'
        """
    )
