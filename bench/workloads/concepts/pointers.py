"""A variable is a reference: the loop changes the accounts themselves."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Account:
    """An object: to assign it copies a reference."""

    balance: int


def add_interest(accounts: Iterable[Account]) -> None:
    for account in accounts:
        account.balance += 1
