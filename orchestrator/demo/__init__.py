"""Show what the product does, on footage that it makes itself."""
