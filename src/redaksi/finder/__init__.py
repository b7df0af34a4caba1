"""The finder: text without Django. Today it finds stems, so that a search for "menang" meets "kemenangan"."""
