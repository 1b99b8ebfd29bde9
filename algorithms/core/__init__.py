"""What several subjects need: baskets, panels of daily demand, stock of the past, exceptions."""
