"""Run workers somewhere and say what becomes of them."""
