"""A record of any size, invented: for those who want to see how Redaksi bears a newsroom's decades. The same numbers make the same record."""
