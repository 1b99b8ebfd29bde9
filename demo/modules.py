"""Odoo modules of the demonstration: the addon, and the charts of accounts of its companies."""

MODULES = ["sale_management", "l10n_ma", "l10n_cd", "smart_recommender"]
