"""Show what is wished of a video: who is replaced by whom, how, and into what file."""
