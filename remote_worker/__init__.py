"""Render chunks of video wherever this folder is copied; import nothing of ours from outside it."""
