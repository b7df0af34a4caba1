"""How fast it is, beside what a newsroom would otherwise use: ``make bench``.

One run starts real servers on the loopback, measures each pair by turns, and writes ratios: a time by itself says more of the machine
than of the program. What is measured: ``page`` (the story page against nginx and against a Wagtail view), ``desk`` (an editor's
screens with 100,000 stories against 1,000), ``seen`` (from the click to the reader). ``archive`` makes the record for the desk.
"""
