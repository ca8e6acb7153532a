"""Passwords in URLs of databases: in every place and with every character, none is shown, and each arrives as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from bench.catalog.loader import ROOT
from bench.measure.host import urls
from bench.measure.host.urls import NOT_SHOWN, UrlError

SHOWN = "postgresql://someone@127.0.0.1:5432/web"
PASSWORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=12)
PARTS = st.text(st.characters(codec="ascii", categories=["L", "N"], include_characters="-._~"), min_size=1, max_size=8)
FORMS = (
    "postgresql://someone:{}@127.0.0.1:5432/web",
    "postgres://someone:{}@[::1]/web?sslmode=require",
    "postgresql://:{}@127.0.0.1/web",
    "postgresql://127.0.0.1:5432/web?user=someone&password={}",
    "postgresql://someone@127.0.0.1:5432/web?password={}&sslmode=require",
    "postgresql://someone@127.0.0.1:5432/web?sslpassword={}",
    "postgresql://someone@127.0.0.1:5432/web?a_pwd={}",
    "postgresql+asyncpg://someone:{}@127.0.0.1/web",
    "someone:{}@127.0.0.1/web",
    "host=127.0.0.1 password={} dbname=web",
    "host=127.0.0.1 password='{}' dbname=web",
    "host=127.0.0.1 password = {}",
)
"""Where somebody might write a password."""


def url(user: str, host: str, port: int | None, name: str, parameters: dict[str, str]) -> str:
    """Return a URL without a password."""
    where = f"{host}:{port}" if port else host
    query = "&".join(f"{key}={value}" for key, value in parameters.items())
    return f"postgresql://{user}@{where}/{name}{'?' if query else ''}{query}" if user else f"postgresql://{where}/{name}"


URLS = st.builds(
    url,
    st.just("") | PARTS,
    PARTS | st.sampled_from(["[::1]", "", "127.0.0.1", "db.example.org", "%2Ftmp"]),
    st.none() | st.integers(1, 65535),
    PARTS,
    st.dictionaries(st.sampled_from(["sslmode", "options", "application_name", "passfile", "sslkey"]), PARTS),
)


@pytest.mark.parametrize("form", FORMS)
@given(PASSWORDS)
@example("p@ss/w@rd")
@example("a b\\'c")
@example("x@h/d?password=y&z=1#")
def test_what_is_shown_does_not_depend_on_the_password(form: str, password: str) -> None:
    raw = password.replace("&", "@")  # where it is not encoded, it ends a parameter, as every parser has it
    written = [form.format(text) for text in (raw, quote(password, safe=""))]
    assert {urls.without_password(text) for text in written} <= {urls.without_password(form.format("x")), NOT_SHOWN}


@pytest.mark.parametrize("form", FORMS[:5])
@given(PASSWORDS)
def test_a_password_that_is_encoded_arrives_as_it_is_and_is_not_shown(form: str, password: str) -> None:
    shown, variables = urls.split(form.format(quote(password, safe="")))
    assert variables == {"PGPASSWORD": password}
    assert shown == urls.split(form.format("x"))[0]
    assert "password" not in conninfo_to_dict(shown)


@given(URLS)
def test_a_url_without_a_password_stays_as_it_is(url: str) -> None:
    assert urls.split(url) == (url, {})
    assert urls.without_password(url) == url


@given(URLS, PASSWORDS)
def test_a_password_that_is_added_is_taken_out_again(url: str, password: str) -> None:
    assert urls.split(urls.with_password(url, password)) == (url, {"PGPASSWORD": password})


@given(PASSWORDS)
def test_libpq_takes_the_password_that_is_added_for_the_same(password: str) -> None:
    assert conninfo_to_dict(urls.with_password(SHOWN, password))["password"] == password


def test_a_url_keeps_its_own_password() -> None:
    url = SHOWN.replace("@", ":own@")
    assert urls.with_password(url, "other") == url


@pytest.mark.parametrize("url", [SHOWN, NOT_SHOWN, "host=127.0.0.1"])
def test_without_another_password_nothing_is_added(url: str) -> None:
    assert urls.with_password(url, None) == url
    assert urls.with_password(url, "") == url


def test_nothing_is_added_to_what_is_no_url() -> None:
    assert urls.with_password("host=127.0.0.1", "secret") == "host=127.0.0.1"


def test_a_password_of_bytes_that_are_no_text_arrives_as_it_is() -> None:
    assert os.fsencode(urls.split(SHOWN.replace("@", ":%ff%41@"))[1]["PGPASSWORD"]) == b"\xffA"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://someone:sec/ret@127.0.0.1/web",
        "postgresql://someone:sec@ret@127.0.0.1/web",
        "postgresql://someone:sec?ret@127.0.0.1/web",
        "postgresql://someone:123/ret@127.0.0.1/web",
        "postgresql://some@one:secret@127.0.0.1/web",
        "postgresql://someone@127.0.0.1/web?pass%77ord=secret",
        "postgresql://someone:secret",
        "mysql://someone:secret@127.0.0.1/web",
        r"host=127.0.0.1 password='sec ret\''",
        "",
    ],
)
def test_what_is_not_certain_to_be_understood_is_refused_with_the_form_and_nothing_of_the_secret(url: str) -> None:
    with pytest.raises(UrlError) as caught:
        urls.split(url)
    assert urls.FORM in str(caught.value)
    assert not {"sec", "ret", "secret"} & set(str(caught.value).split())
    assert urls.without_password(url) == NOT_SHOWN


@pytest.mark.parametrize("name", ["sslpassword", "scram_client_key", "oauth_client_secret"])
def test_a_secret_that_cannot_be_kept_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(UrlError, match=f"the parameter {name} cannot be kept secret; leave it out") as caught:
        urls.split(f"{SHOWN}?{name}=hush")
    assert "hush" not in str(caught.value)


def test_a_password_with_a_zero_byte_is_refused() -> None:
    with pytest.raises(UrlError, match="no password has a zero byte"):
        urls.split(SHOWN.replace("@", ":a%00b@"))


@pytest.mark.parametrize("form", FORMS)
@given(PASSWORDS)
def test_a_command_line_is_shown_without_passwords(form: str, password: str) -> None:
    for written in (password, quote(password, safe="")):
        url = form.format(written)
        shown = urls.without_password(url)
        before, after = ["bench", "--only", "web/*"], ["--again"]
        assert urls.command_without_passwords([*before, "--postgres-url", url, *after]) == [
            *before,
            "--postgres-url",
            shown,
            *after,
        ]
        assert urls.command_without_passwords([*before, f"--postgres-url={url}", *after]) == [
            *before,
            f"--postgres-url={shown}",
            *after,
        ]


@given(st.lists(PARTS))
def test_a_command_line_without_a_database_stays_as_it_is(arguments: list[str]) -> None:
    assert urls.command_without_passwords(arguments) == arguments


PROGRAM = """
import os, sys
from bench.measure.host.urls import hide_passwords
hide_passwords()
print(sys.argv[1:], os.environ.get("PGPASSWORD"), open("/proc/self/cmdline").read().split("\\0")[-2])
"""


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="the platform has no /proc")
@pytest.mark.parametrize(
    ("arguments", "shown", "password"),
    [
        (("--postgres-url", SHOWN.replace("@", ":p%40ss@")), ["--postgres-url", SHOWN], "p@ss"),
        ((f"--postgres-url={SHOWN}?password=p%2Fss",), [f"--postgres-url={SHOWN}"], "p/ss"),
        (("--postgres-url", SHOWN), ["--postgres-url", SHOWN], None),
        (("--only", "web/*"), ["--only", "web/*"], None),
    ],
)
def test_a_program_that_was_started_with_a_password_continues_without_it(
    monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], shown: list[str], password: str | None
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"{shown} {password} {shown[-1]}\n"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (SHOWN.replace("@", ":p@ss@"), "has to be of the form"),
        (f"{SHOWN}?sslpassword=p@ss", "has to be of the form"),
        (f"{SHOWN}?sslpassword=pass", "the parameter sslpassword cannot be kept secret"),
    ],
)
def test_a_program_ends_with_the_reason_where_its_url_is_refused(url: str, reason: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--postgres-url", url], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert reason in done.stderr
    assert "p@ss" not in done.stderr + done.stdout
