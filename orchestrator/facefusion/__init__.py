"""Install FaceFusion on this machine, check and remove it, and have hosts find it in the bucket."""
