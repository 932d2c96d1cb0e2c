"""Other ways to the same groups, each given the same problem and the same time."""
