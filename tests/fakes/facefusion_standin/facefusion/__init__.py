"""Part of the stand-in for FaceFusion; see its README."""
