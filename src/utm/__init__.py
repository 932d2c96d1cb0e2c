"""The Urban Transitions Mission's library: who may join, who learns with whom, and why."""
