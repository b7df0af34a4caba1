"""The record: stories and what they are about, the verbs that change them, and a published story as plain data."""
