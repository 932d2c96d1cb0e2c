"""Problems at random, for tests, benchmarks and those who build other engines.

The numbers come from a generator written out here, so that a family, a number of
participants and a seed mean the same problem on every machine and in every version of
Python. `FAMILIES` lists the named families, each hard in a way of its own.
"""

from utm.pairing.instances.families import FAMILIES, find_family
from utm.pairing.instances.family import Family
from utm.pairing.instances.generating import generate
from utm.pairing.instances.naming import InstanceName, fingerprint

__all__ = ["FAMILIES", "Family", "InstanceName", "find_family", "fingerprint", "generate"]
