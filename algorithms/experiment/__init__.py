"""Do suggestions earn money: arms, effects with their intervals, looks and planning."""
