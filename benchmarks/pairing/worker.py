"""One way, one instance, one process: ``python -m benchmarks.pairing.worker``.

Run by the benchmark. It prints one line of JSON with what it took. The peak of memory is that
of the process, which holds one way and nothing else.
"""

import json
import re
import resource
import sys
import time
from pathlib import Path

from attrs import evolve

from benchmarks.pairing.ways import WAYS
from utm.pairing import Problem


def peak_kib() -> int:
    """The largest resident memory; Linux knows it without that of the parent."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


MOST_BYTES = 10 * 2**30
"""A way that asks for more is ended: a benchmark must not take down the machine."""


def main(arguments: list[str]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    way, name, problem_path, seconds, seed, out = arguments
    problem = Problem.from_json(Path(problem_path).read_text(encoding="utf-8"))
    began = time.perf_counter(), time.process_time()
    answer, told = WAYS[way].run(problem, float(seconds), int(seed))
    told |= {
        "seconds": round(time.perf_counter() - began[0], 2),
        "cpu_seconds": round(time.process_time() - began[1], 2),
        "peak_kib": peak_kib(),
    }
    Path(out).write_text(evolve(answer, instance=name).text(), encoding="utf-8")
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
