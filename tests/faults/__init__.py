"""Break a running job in every way that can be thought of, and look at what comes out."""
