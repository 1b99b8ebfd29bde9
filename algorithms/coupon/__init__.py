"""Coupons: their codes, their PINs, and how a reduction is split among taxes."""
