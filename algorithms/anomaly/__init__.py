"""What sold unusually, and how unusual it is."""
