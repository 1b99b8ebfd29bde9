"""Numerical methods behind the recommender: arrays in, frozen results out.

Nothing here imports ``odoo``: a test walks the imports. Only integer ids cross the boundary;
"today" and random generators are arguments.
"""
