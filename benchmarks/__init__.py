"""How fast it is, beside what a newsroom would otherwise use: ``make bench``.

One run starts real servers on the loopback, measures each pair by turns, and writes ratios: a time by itself says more of the machine
than of the program. The parts, by which a run can be asked for some only, are in ``__main__``; each module says what it measures. The ones
that end in ``_visit`` are run as processes of their own, over a data home.
"""
