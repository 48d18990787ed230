"""Show the pieces of a render on the video's time axis, and play those that are finished."""
