"""The ``utm`` command."""


def run() -> None:
    """Start the command."""
