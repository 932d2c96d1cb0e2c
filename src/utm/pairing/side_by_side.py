"""Tasks done side by side, in threads or in other processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from typing import TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

__all__ = ["one_thread", "side_by_side"]

_ASKED_EVERY = 0.05  # seconds
_Result = TypeVar("_Result")


def one_thread() -> threadpool_limits:
    """Return a context in which products of matrices take one thread.

    They are many, thin and exact: more threads mostly wait for each other.
    """
    return threadpool_limits(limits=1, user_api="blas")


def side_by_side(
    executor: Executor | None,
    tasks: Sequence[Callable[[], _Result]],
    interrupted: Callable[[], bool],
) -> list[_Result | None]:
    """Do tasks and return what each returns; told to stop, ``None`` for those not begun.

    Parameters
    ----------
    executor
        Where to do them; one after the other in this thread where ``None``.
    tasks
        What to do; to be pickled if it is done in another process.
    interrupted
        Whether to stop.
    """
    results: list[_Result | None] = [None] * len(tasks)
    if executor is None:
        for number, task in enumerate(tasks):
            results[number] = task()
            if interrupted():
                break
        return results
    in_threads = isinstance(executor, ThreadPoolExecutor)  # where the limit holds already
    parts = [
        executor.submit(task) if in_threads else executor.submit(_done, task) for task in tasks
    ]
    waiting = set(parts)
    while waiting:
        _, waiting = wait(waiting, timeout=_ASKED_EVERY)
        if waiting and interrupted():
            for each in waiting:
                each.cancel()
            break
    return [None if each.cancelled() else each.result() for each in parts]


def _done(task: Callable[[], _Result]) -> _Result:
    """Do a task in another process."""
    with one_thread():
        return task()
