"""The ``redaksi`` command: what an operator types. Each verb is a module here; this part knows all others and nobody knows it."""
