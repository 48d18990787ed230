"""Take renders over HTTP: the queue without a window, for a web page or a script before it."""
