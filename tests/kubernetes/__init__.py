"""Stand in for a cluster: an API server over HTTP whose pods are real processes."""
