"""Tell people and programs how renders end: by webhook and by e-mail, sent until it is taken."""
