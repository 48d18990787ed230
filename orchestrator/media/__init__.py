"""Read sources, cut pieces from them and assemble finished videos."""
