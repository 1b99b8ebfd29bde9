"""Odoo modules of the demonstration, with the charts of accounts and taxes of its countries."""

MODULES = ["sale_management", "smart_recommender", "l10n_ma", "l10n_cd"]
