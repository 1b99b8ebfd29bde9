"""Odoo modules of the demonstration."""

MODULES = ["sale_management", "smart_recommender"]
