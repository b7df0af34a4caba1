"""Photos: the picture, who made it and may be credited for it, and the sizes in which readers get it."""
