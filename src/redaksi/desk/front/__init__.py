"""Arranging a site's front at the desk: its strips and pins, a preview filled as the newsstand would, past editions, and replay.

A list of strips is sent with every step and comes back changed, so nothing is kept between two steps and all of it works without
scripts; a script only saves the reader's eye the jump.
"""
