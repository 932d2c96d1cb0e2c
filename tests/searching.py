"""How long the searches of dear properties last, in proportion to those of all others."""

from hypothesis import settings

__all__ = ["examples"]


def examples(per_cent: int) -> settings:
    """Try so many of each hundred examples that the profile asks for.

    For properties where an example costs a tenth of a second and not a thousandth. A fixed
    number would hold in the nightly search as well, and make it as short as any other.
    """
    return settings(max_examples=max(1, settings.default.max_examples * per_cent // 100))
