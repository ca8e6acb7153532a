"""Worker processes of `multiprocessing`, each of which waits for work at the end of a pipe; the caller says how they start."""

from __future__ import annotations

from multiprocessing.connection import Connection

TYPE_CHECKING = False
if TYPE_CHECKING:  # the imports would count
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext

    from bench.workloads.report import Mark


def work(pipe: Connection) -> None:
    pipe.send(0)  # ready
    pipe.send(pipe.recv() + 1)


def hold(mark: Mark, count: int, context: ForkContext | ForkServerContext | SpawnContext) -> int:
    """Start workers, mark when all are ready, and return how many did their work."""
    pipes, workers = [], []
    for _ in range(count):
        here, there = context.Pipe()
        worker = context.Process(target=work, args=(there,), daemon=True)
        worker.start()
        there.close()
        pipes.append(here)
        workers.append(worker)
    for pipe in pipes:
        pipe.recv()
    mark("held")
    for pipe in pipes:
        pipe.send(0)
    done = sum(pipe.recv() for pipe in pipes)
    for worker in workers:
        worker.join()
    return int(done)
