"""Find who is in a video: detect, track, group into people."""
