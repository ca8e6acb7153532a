"""URLs of databases: the password is kept apart from what is shown, stored, or in the arguments of a process."""

from __future__ import annotations

import itertools
import os
import re
import sys
from collections.abc import Sequence
from urllib.parse import quote, unquote_to_bytes

OPTION = "--postgres-url"
FORM = "postgresql://user@host:port/name"
NOT_SHOWN = f"(not shown: not of the form {FORM})"
PASSWORD = "PGPASSWORD"  # noqa: S105 # its name, and no password
"""The variable from which psql, psycopg, asyncpg and pgx take the password that a URL lacks."""
SECRET = re.compile(r"(?!password$|passfile$).*(?:pass|pwd|secret|scram)")
"""Names of parameters that hold a secret and have no variable in their place: `sslpassword`, `scram_client_key`, ..."""
URL = re.compile(
    r"""
    (?P<scheme>postgres(?:ql)?://)
    (?P<credentials>(?P<user>[^\s:/?\#@\[\],]*)(?::(?P<password>[^\s/?\#@]*))?@)?
    (?P<place>
        (?:\[[0-9A-Fa-f:.]+\]|[^\s:/?\#@\[\],]*)(?::[0-9]+)?
        (?:/[^\s/?\#@]*)?
    )
    (?:\?(?P<parameters>[a-z_]+=[^\s&\#@]*(?:&[a-z_]+=[^\s&\#@]*)*))?
    """,
    re.VERBOSE,
)
"""At most one `@`, and only the separators that are the URL's own: it is certain what is the password."""


class UrlError(ValueError):
    """A URL cannot be used; the message says what to write, and has nothing of the URL."""


def split(url: str) -> tuple[str, dict[str, str]]:
    """Return a URL without its password, and with it the variable that gives PostgreSQL's clients the password, if there is one.

    Raises:
        UrlError: it is no URL of a database, or it is one in which it is not certain what is the password.
    """
    parts = URL.fullmatch(url)
    if parts is None:
        raise UrlError(
            f"{OPTION} has to be of the form {FORM}, not a keyword string, with %40 for @ and %2F for / in its parts; "
            f"a password is best given by the variable {PASSWORD}"
        )
    parameters = [parameter.partition("=") for parameter in (parts["parameters"] or "").split("&") if parameter]
    if secret := next((name for name, _, _ in parameters if SECRET.match(name)), None):
        raise UrlError(f"{OPTION}: the parameter {secret} cannot be kept secret; leave it out")
    passwords = [parts["password"], *(value for name, _, value in parameters if name == "password")]
    password = os.fsdecode(unquote_to_bytes(next((given for given in reversed(passwords) if given), "")))
    if "\0" in password:
        raise UrlError(f"{OPTION}: no password has a zero byte")
    credentials = parts["credentials"] or ""
    if parts["password"] is not None:
        credentials = f"{parts['user']}@" if parts["user"] else ""
    kept = "&".join(f"{name}={value}" for name, _, value in parameters if name != "password")
    shown = f"{parts['scheme']}{credentials}{parts['place']}{'?' if kept else ''}{kept}"
    return shown, {PASSWORD: password} if password else {}


def without_password(url: str) -> str:
    """Return a URL without its password; of what is no such URL, nothing."""
    try:
        return split(url)[0]
    except UrlError:
        return NOT_SHOWN


def with_password(url: str, password: str | None) -> str:
    """Return a URL with a password, if there is one and the URL lacks its own."""
    if not password or without_password(url) != url or url == NOT_SHOWN:
        return url
    return f"{url}{'&' if '?' in url else '?'}password={quote(os.fsencode(password), safe='')}"


def command_without_passwords(arguments: Sequence[str]) -> list[str]:
    """Return a command line of the build script without the password of its `--postgres-url`."""
    return [_shown(before, argument) for before, argument in itertools.pairwise(["", *arguments])]


def hide_passwords() -> None:
    """Start this program again without a password in its arguments, which every user of the machine can see; else return.

    The password goes into a variable instead, from which `find_host` takes it. A URL that is refused ends the program.
    """
    shown = command_without_passwords(sys.orig_argv)
    if shown == sys.orig_argv:
        return
    variables: dict[str, str] = {}
    for typed in {*sys.orig_argv} - {*shown}:
        try:
            variables |= split(typed.removeprefix(f"{OPTION}="))[1]
        except UrlError as error:
            sys.exit(f"Error: {error}")
    os.execve(sys.executable, shown, {**os.environ, **variables})  # noqa: S606 # without a shell, as it should be


def _shown(before: str, argument: str) -> str:
    if before == OPTION:
        return without_password(argument)
    option, equals, url = argument.partition("=")
    return f"{option}={without_password(url)}" if equals and option == OPTION else argument
