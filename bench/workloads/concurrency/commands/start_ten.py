"""Starts ten pieces of work, waits for all of them, fails with the first error, and prints the sum: tasks in a group."""

import asyncio


async def fetch(text: str) -> int:
    await asyncio.sleep(0.01)
    return int(text)


async def main() -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(str(n))) for n in range(10)]
    print(sum(task.result() for task in tasks))  # noqa: T201 - what anybody would write


asyncio.run(main())
