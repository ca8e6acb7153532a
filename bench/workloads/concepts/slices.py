"""A slice of a list is a copy: to append to it leaves the list alone."""


def first_two_and(numbers: list[int], last: int) -> list[int]:
    head = numbers[:2]
    head.append(last)
    return head
