"""What clients think of products: shrunk means, a model of stars, and how far off it is."""
