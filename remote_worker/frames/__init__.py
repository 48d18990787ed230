"""Decode, normalise and encode frames exactly; the only place that touches codecs on a worker."""
