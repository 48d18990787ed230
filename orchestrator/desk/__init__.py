"""Keep what lies on a creator's desk: the queue, who is cast, what runs; no window needed."""
