"""Run workers on GPU spot instances of the user's own AWS account."""
