def migrate(cr, _version):
    """Half a year, the default until now, hides the season; a number of one's own stays."""
    cr.execute("UPDATE res_company SET ai_forecast_days = 1095 WHERE ai_forecast_days = 180")
