"""Show the people of the whole queue, one card each."""
