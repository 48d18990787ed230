"""Let a job be watched from any computer that reaches its store, with nothing but its address."""
