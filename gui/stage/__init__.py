"""Show one video: the picture before and after, who is in it, and its time."""
