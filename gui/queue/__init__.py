"""Show the queue: what is in it, where each video stands, what comes next."""
