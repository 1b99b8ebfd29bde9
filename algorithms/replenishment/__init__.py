"""Reorder points, order quantities, and the stock that past policies would have had."""
