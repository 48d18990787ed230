"""Find faces and lay meshes on them, from model files that the caller has checked."""
