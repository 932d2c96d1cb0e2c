"""For those who embed the library: Hypothesis strategies, invented files, laws.

Invented applicants' files need nothing else. Strategies stand in modules of their own
and need the extra ``testing``: `utm.testing.domain` (cities, plans, days, sources),
`utm.testing.applications` (taxonomies, applications, editions) and those beside them.
"""

from utm.testing.applicants import invented_applicants, plant_mistakes

__all__ = ["invented_applicants", "plant_mistakes"]
