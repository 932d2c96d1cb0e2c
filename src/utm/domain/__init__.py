"""Facts: cities, plans, needs, offers, evidence, dates and places."""
