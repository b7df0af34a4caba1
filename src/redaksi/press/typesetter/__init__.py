"""The typesetter: copy in, HTML out, cut where the shared parts of a page stand.

It reads the plain data of :mod:`redaksi.stories.copy` and nothing else: no database, no network, no clock. What comes
out is a :class:`~redaksi.press.typesetter.sheet.Sheet` (a page with holes) or a text (a card, a piece of furniture).
The same copy and the same version of this package always give the same bytes, so that a shelf pressed afresh equals
one that grew.

Modules: ``sheet`` (what comes out), ``story``, ``cards``, ``listings``, ``archive``, ``feeds``, ``items``, ``sitemaps``, ``embedding``, ``house_rules``, ``crawlers``,
``furniture`` (what
is set), ``looks``, ``assets``, ``policy`` (how it is dressed and guarded), ``words``, ``addresses``, ``dates``,
``links``, ``photos``, ``files``, ``linked_data`` and ``engine`` (what those share).
"""
