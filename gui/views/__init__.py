"""Draw the window: each view draws a frozen snapshot and says what the user wants."""
