"""Show the desktop app: the only package that knows Qt."""

from gui.undying import keep_alive

keep_alive()
