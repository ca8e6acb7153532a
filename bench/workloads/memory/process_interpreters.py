"""Interpreters in one process, each in a thread of its own with a GIL of its own, which wait for work at the end of a pipe."""

from __future__ import annotations

import importlib
import os
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

WORK = """
import os
os.write(ready, b"0")
work = os.read(inbox, 1)
os.write(outbox, work)
"""


def run(mark: Mark, count: int) -> int:
    """Return how many workers did their work."""
    interpreters = importlib.import_module(
        "concurrent.interpreters"
    )  # by name: it is new in 3.14, later than the checked version
    ready_out, ready_in = os.pipe()
    work_out, work_in = os.pipe()
    done_out, done_in = os.pipe()
    threads = []
    for _ in range(count):
        interpreter = interpreters.create()
        interpreter.prepare_main(ready=ready_in, inbox=work_out, outbox=done_in)
        thread = threading.Thread(target=interpreter.exec, args=(WORK,))
        thread.start()
        threads.append(thread)
    for _ in threads:
        os.read(ready_out, 1)
    mark("held")
    for _ in threads:
        os.write(work_in, b"1")
    done = sum(int(os.read(done_out, 1)) for _ in threads)
    for thread in threads:
        thread.join()
    return done
