"""Show the source faces, their photos and who agreed to their use."""
