"""Demand forecasts: methods, back-test, weights, ranges and accuracy."""
