"""Many jobs at once over many workers, whatever hands out the work and whoever is killed."""
