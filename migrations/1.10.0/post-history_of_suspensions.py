def migrate(cr, _version):
    """Suspensions that last begin the history of decisions; of earlier ones the chatter tells in
    words alone."""
    cr.execute(
        """
        INSERT INTO ai_client_decision
               (company_id, partner_id, kind, date, user_id, reason, create_date, write_date)
        SELECT company_id, partner_id, 'suspended',
               COALESCE(status_since + time '12:00', write_date, now() AT TIME ZONE 'UTC'),
               suspended_by_id, suspended_reason,
               now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
          FROM ai_client client
         WHERE is_suspended
           AND NOT EXISTS (SELECT FROM ai_client_decision decision
                            WHERE decision.company_id = client.company_id
                              AND decision.partner_id = client.partner_id)
        """
    )
