"""The digits of pi one after another: the program in pure Python with the whole numbers of GMP, through gmpy2."""

from __future__ import annotations

from gmpy2 import f_divmod, mpz


def run(digits: int) -> str:
    """Return that many digits, from the 3 on.

    The state is a linear transformation (numerator, accumulator, denominator) which maps the unknown rest of the series, between
    3 and 4, to the digits to come; J. Gibbons, Unbounded Spigot Algorithms for the Digits of Pi (2006).
    """
    found: list[str] = []
    numerator, accumulator, denominator = mpz(1), mpz(0), mpz(1)
    k = 0
    while len(found) < digits:
        k += 1
        odd = 2 * k + 1
        accumulator = (accumulator + 2 * numerator) * odd
        denominator *= odd
        numerator *= k
        if numerator > accumulator:
            continue
        digit, rest = f_divmod(3 * numerator + accumulator, denominator)
        # The digit is certain when the transformation of 4 has it too.
        if rest + numerator < denominator:
            found.append(str(digit))
            accumulator = 10 * (accumulator - digit * denominator)
            numerator *= 10
    return "".join(found)
