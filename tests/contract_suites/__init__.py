"""Hold every body of a contract to the same promises."""
