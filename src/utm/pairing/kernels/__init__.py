"""The inner loops of the search; loading them loads numba where it is installed."""
