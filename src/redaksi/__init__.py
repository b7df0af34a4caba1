"""Redaksi: a news network in a box."""
