"""The window's side of machines that are rented in the user's own account."""
