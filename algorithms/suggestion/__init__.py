"""What goes with a basket and with a client: rules, affinities, factors, back-tests."""
