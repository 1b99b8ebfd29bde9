"""Clients of a call center: which new products fit them."""
