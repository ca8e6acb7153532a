"""A variable is a reference, and so is `self`: the loop and the method change the accounts themselves."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Account:
    """An object: to assign it copies a reference."""

    balance: int

    def deposit(self, amount: int) -> int:
        self.balance += amount
        return self.balance


def add_interest(accounts: Iterable[Account]) -> None:
    for account in accounts:
        account.balance += 1
