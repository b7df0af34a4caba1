"""The press: prints what changed in the record onto the shelf.

The foreman drains the outbox; prints are worked out first (reading the record, setting type, compressing) and then laid onto
the shelf in one transaction, so that readers see a publish whole or not at all.
"""
