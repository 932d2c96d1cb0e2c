"""For those who embed the library: Hypothesis strategies, invented files, laws.

Strategies need the extra ``testing``; the invented files do not.
"""
