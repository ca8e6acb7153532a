"""`None` is `None`, whatever might have been returned in its place."""


class TooLongError(Exception):
    """An error of a name."""


def check(name: str) -> TooLongError | None:
    problem = None
    if len(name) > 8:
        problem = TooLongError(name)
    return problem
