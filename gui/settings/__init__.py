"""Show and change what is set, each page by itself."""
