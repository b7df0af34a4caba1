"""The story at the desk: the list, the form, the verbs as buttons, the notes, the previews.

What may be done is decided in :mod:`redaksi.network.policy`; what is done, in :mod:`redaksi.stories.actions`. Here is only how
an editor meets both.
"""
