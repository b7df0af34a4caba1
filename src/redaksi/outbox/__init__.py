"""The outbox: what changed and must be printed, indexed or sent on (the transactional outbox pattern).

Whoever changes the record calls :func:`redaksi.outbox.box.put` inside the same transaction; the press drains the rows in
order and clears a row only after the shelf holds what it asked for. So nothing is lost between desk and shelf.
"""
