"""Do from a terminal all that the window can do."""
