"""The verbs: one file each, each one transaction with its outbox row, whoever calls it (desk, wire, scheduler).

Every verb takes the story and ``by``, the user who does it; None means the machine itself (the clock, an import), which
asks no leave. A verb that isn't allowed raises PermissionDenied, one that makes no sense ``WrongStateError``.
"""
