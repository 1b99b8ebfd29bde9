"""Indicators over days: sums, sliding windows of different clients, medians and largest shares."""
