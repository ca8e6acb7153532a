"""A real PostgreSQL, started once; a given database is a schema of its own in it, on the search path of its URL."""

from __future__ import annotations

import dataclasses
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from bench.catalog.loader import ROOT
from bench.measure.host import tools
from bench.measure.host.urls import with_password
from bench.measure.http import postgres, serving, web
from bench.measure.http.postgres import PostgresError, Work
from bench.measure.instruments import commands
from bench.measure.instruments.base import Backend
from bench.measure.processes.reaper import reaper
from tests import observed
from tests.cataloged import CATALOG
from tests.kinds import first
from tests.measure import hangs

SECRET = "it's a/p@ss:w%rd?#&"  # noqa: S105 # of a database that lives as long as these tests
"""A password with every character that means something in a URL, in a shell, or to SQL."""
SCHEMA = ROOT / "bench" / "workloads" / "web" / "schema.sql"
SEED = 7
READ = "SELECT id, number FROM world WHERE id = {}"
NONE = Work(0, 0, 0, 0, 0)
INSERT = "INSERT INTO purchase (customer, email, quantity, price) VALUES ('Ada', 'ada@example.com', 1, 1)"
UPDATE = "UPDATE counter SET hits = hits + 1 WHERE id = {}"
HARNESS = """
import os, pathlib, signal, subprocess, sys
from bench.measure.http import postgres
from bench.measure.processes.reaper import reaper

folder, schema = map(pathlib.Path, sys.argv[1:])
with reaper() as held, postgres.database(folder, (), schema, 7, held) as url:
    client = [str(postgres.program("psql")), "-Atd", url]
    busy = subprocess.Popen([*client, "-c", "SELECT count(*) FROM generate_series(1, 1000000000000)"], stderr=subprocess.DEVNULL)
    while postgres.psql(url, "-c", "SELECT count(*) FROM pg_stat_activity WHERE state = 'active'").strip() != "2":
        pass
    (state,) = folder.glob("*/data/postmaster.pid")
    lines = state.read_text().splitlines()
    print(url, lines[0], lines[6].split()[1], *postgres.psql(url, "-c", "SELECT pid FROM pg_stat_activity").split(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@dataclasses.dataclass(frozen=True)
class Running:
    """The server that the tests share."""

    url: str
    folder: Path
    cpus: tuple[int, ...]

    def state(self) -> list[str]:
        """Return the lines of the server's own file: its process first."""
        (path,) = self.folder.glob("*/data/postmaster.pid")
        return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's user can reach, as none of pytest's can be by another user."""
    path = Path(tempfile.mkdtemp(prefix="test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[Running]:
    """The server, on which one user more, `guarded`, needs a password."""
    cpus = (max(os.sched_getaffinity(0)),) if hasattr(os, "sched_getaffinity") else ()
    create = f"{postgres.CREATE}CREATE ROLE guarded LOGIN PASSWORD '{SECRET.replace(chr(39), 2 * chr(39))}';\n"
    observed.held()  # which outlives this one, and must not inherit its token
    with pytest.MonkeyPatch.context() as patch, reaper() as held:
        patch.setattr(postgres, "CREATE", create)
        patch.setattr(postgres, "ALLOWED", f"{postgres.ALLOWED}host web guarded 127.0.0.1/32 scram-sha-256\n")
        with postgres.database(folder / "shared", cpus, SCHEMA, SEED, held) as url:
            ask(url, "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guarded")
            yield Running(url, folder / "shared", cpus)


@pytest.fixture(scope="module")
def guarded(running: Running) -> str:
    """The URL of the database with a user who needs a password, and with that."""
    return with_password(running.url.replace("postgres@", "guarded@"), SECRET)


@pytest.fixture
def empty(running: Running) -> str:
    """The URL of a database that has none of the tables, but one of its own."""
    name = f"s{uuid.uuid4().hex}"
    url = f"{running.url}?options=-csearch_path%3D{name}"
    ask(running.url, f"CREATE SCHEMA {name}")
    ask(url, "CREATE TABLE apart AS SELECT 5 AS number")
    return url


@pytest.fixture
def filled(empty: str) -> str:
    """The URL of a database that has the tables."""
    with postgres.given(empty, SCHEMA, SEED) as url:
        return url


def ask(url: str, *queries: str) -> str:
    """Return the answers to queries, which one connection makes one after the other."""
    return postgres.psql(url, *(part for query in queries for part in ("-c", query))).strip()


def spent(url: str, *queries: str) -> Work:
    """Return the work that queries make."""
    before = postgres.work(url)
    ask(url, *queries)
    after = postgres.work(url)
    return Work(*(late - early for early, late in zip(dataclasses.astuple(before), dataclasses.astuple(after), strict=True)))


def test_it_is_postgresql_18_on_this_machine_alone(running: Running) -> None:
    assert postgres.version(running.url).startswith("18.")
    parts = urlsplit(running.url)
    assert (parts.scheme, parts.username, parts.hostname, parts.path) == ("postgresql", "postgres", "127.0.0.1", "/web")


@pytest.mark.parametrize(("name", "setting"), [(name, setting) for name, setting in postgres.SETTINGS.items() if setting])
def test_a_setting_is_in_force(running: Running, name: str, setting: str) -> None:
    assert ask(running.url, f"SHOW {name}") == setting


def test_the_rows_are_those_of_the_seed(running: Running) -> None:
    assert ask(running.url, "SELECT count(*), min(id), max(id) FROM world") == "10000\t1\t10000"
    assert ask(running.url, "SELECT number FROM world WHERE id = 4711") == str((4711 * 7919 + SEED) % 10000 + 1)
    assert ask(running.url, "SELECT count(*), sum(hits) FROM counter").split() == ["10000", "0"]
    assert ask(running.url, "SELECT message FROM fortune WHERE id = 12") == "フレームワークのベンチマーク"


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the platform has no pinning")
def test_it_is_pinned_and_the_harness_is_not(running: Running) -> None:
    assert os.sched_getaffinity(int(running.state()[0])) == set(running.cpus)
    backend = int(ask(running.url, "SELECT min(pid) FROM pg_stat_activity"))
    assert os.sched_getaffinity(backend) == set(running.cpus)
    assert os.sched_getaffinity(0) >= set(running.cpus)


@pytest.mark.parametrize(("who", "where"), [("owner", "web"), ("postgres", "postgres"), ("nobody", "web")])
def test_nobody_else_can_log_in_and_nowhere_else(running: Running, who: str, where: str) -> None:
    address = urlsplit(running.url)._replace(netloc=f"{who}@127.0.0.1:{urlsplit(running.url).port}", path=f"/{where}")
    with pytest.raises(PostgresError, match=r"no pg_hba\.conf entry"):
        postgres.version(address.geturl())


def test_who_logs_in_cannot_run_programs_on_the_machine(running: Running) -> None:
    with pytest.raises(PostgresError, match="permission denied"):
        ask(running.url, "COPY world TO PROGRAM 'true'")


def test_it_has_no_socket_and_no_memory_that_could_be_left_behind(running: Running) -> None:
    assert running.state()[4] == ""
    maps = Path("/proc", running.state()[0], "maps")
    assert not maps.exists() or "/dev/shm/PostgreSQL" not in maps.read_text(encoding="utf-8")  # noqa: S108 # not ours, which is the point


def test_each_row_that_is_read_by_its_id_counts(running: Running) -> None:
    assert spent(running.url, *(READ.format(id) for id in range(5, 25))) == dataclasses.replace(NONE, world_reads=20)


def test_rows_that_are_not_read_by_their_ids_do_not_count(running: Running) -> None:
    assert spent(running.url, "SELECT sum(number) FROM world") == NONE


def test_each_reading_of_all_fortunes_counts(running: Running) -> None:
    assert spent(running.url, *["SELECT id, message FROM fortune"] * 3) == dataclasses.replace(NONE, fortune_reads=3)


def test_each_update_that_is_committed_counts(running: Running) -> None:
    updates = [UPDATE.format(id) for id in range(5, 25)]
    assert spent(running.url, "BEGIN", *updates, "COMMIT", "BEGIN", *updates, "ROLLBACK") == dataclasses.replace(NONE, hits=20)


def test_each_insert_that_is_committed_counts(running: Running) -> None:
    assert spent(running.url, INSERT, INSERT, "BEGIN", INSERT, "ROLLBACK") == dataclasses.replace(NONE, inserted=2)


def test_what_was_inserted_is_deleted_and_nothing_else(running: Running) -> None:
    ask(running.url, INSERT)
    postgres.emptied(running.url)
    assert postgres.work(running.url).inserted == 0
    assert ask(running.url, "SELECT count(*) FROM purchase").strip() == "10000"


def test_each_purchase_that_is_read_by_its_id_counts(running: Running) -> None:
    listed = "SELECT id, customer FROM purchase WHERE id >= 17 ORDER BY id LIMIT 100"
    assert spent(running.url, "SELECT id FROM purchase WHERE id = 17", listed).purchase_reads >= 100


def test_reading_what_was_done_is_no_work(running: Running) -> None:
    assert postgres.work(running.url) == postgres.work(running.url)


def client(url: str) -> subprocess.Popen[str]:
    """Open a connection that has read one row and stays open until its input ends."""
    command = [str(postgres.program("psql")), "-XAtqd", url]
    opened = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert opened.stdin
    assert opened.stdout
    opened.stdin.write("SELECT number FROM world WHERE id = 17;\n")
    opened.stdin.flush()
    assert opened.stdout.readline() == f"{(17 * 7919 + SEED) % 10000 + 1}\n"
    return opened


def test_work_is_complete_once_the_connections_are_closed(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    before = postgres.work(running.url)
    with client(running.url) as opened:
        monkeypatch.setattr("time.sleep", lambda _: opened.communicate())  # it is waited for, and now ends
        assert postgres.work(running.url).world_reads == before.world_reads + 1
        assert opened.returncode == 0


def test_a_connection_that_stays_open_is_an_error(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "SETTLE_LIMIT", 0.05)
    with client(running.url), pytest.raises(PostgresError, match="1 other connections stay open: close what else uses"):
        postgres.work(running.url)
    monkeypatch.undo()
    postgres.work(running.url)


def test_a_given_database_without_the_tables_gets_them_and_keeps_them(empty: str) -> None:
    with postgres.given(empty, SCHEMA, SEED) as url:
        assert url == empty
    assert ask(empty, "SELECT count(*) FROM world", "SELECT count(*) FROM counter", "SELECT count(*) FROM fortune").split() == [
        "10000",
        "10000",
        "12",
    ]
    assert ask(empty, "SELECT number FROM apart") == "5"


def test_a_given_database_with_the_tables_is_taken_as_it_is(filled: str) -> None:
    ask(filled, "UPDATE counter SET hits = hits + 1 WHERE id = 17", INSERT)
    kept = "SELECT min(xmin::text), max(xmin::text) FROM world"
    before = ask(filled, kept)
    with postgres.given(filled, SCHEMA, SEED):
        assert postgres.work(filled).hits == 1
    assert ask(filled, kept) == before
    assert ask(filled, "SELECT number FROM apart") == "5"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            "UPDATE world SET number = number + 1 WHERE id = 9",
            "the table world is not what schema.sql makes, its rows differ",
        ),
        ("DELETE FROM world WHERE id = 9", "the table world is not what schema.sql makes, its rows differ"),
        ("DELETE FROM counter WHERE id = 9", "the table counter is not what schema.sql makes, its rows differ"),
        ("INSERT INTO fortune VALUES (13, 'One more.')", "the table fortune is not what schema.sql makes, its rows differ"),
        (
            "ALTER TABLE world ADD since date",
            "the table world is not what schema.sql makes, its columns, keys or indexes differ",
        ),
        ("ALTER TABLE world ALTER number TYPE bigint", "the table world is not .* its columns, keys or indexes differ"),
        ("ALTER TABLE world DROP CONSTRAINT world_pkey", "the table world is not .* its columns, keys or indexes differ"),
        ("CREATE INDEX ON counter (hits)", "the table counter is not .* its columns, keys or indexes differ"),
        ("ALTER TABLE counter SET UNLOGGED", "the table counter is not .* its columns, keys or indexes differ"),
        ("ALTER TABLE counter SET (fillfactor = 50)", "the table counter is not .* its columns, keys or indexes differ"),
        ("DROP TABLE fortune; CREATE VIEW fortune AS SELECT 1 AS id", "the table fortune is not .* columns, keys or indexes"),
        ("DROP TABLE fortune", r"has \w+ and \w+ and \w+, but no table fortune"),
    ],
)
def test_a_given_database_with_another_table_is_refused(filled: str, change: str, message: str) -> None:
    ask(filled, change)
    with (
        pytest.raises(PostgresError, match=f"({message}).*: name an empty database, or drop the tables world, counter, "),
        postgres.given(filled, SCHEMA, SEED),
    ):
        pass


def test_a_given_database_of_another_seed_is_refused(filled: str) -> None:
    with pytest.raises(PostgresError, match="the table world is not"), postgres.given(filled, SCHEMA, SEED + 1):
        pass


def test_a_given_server_that_does_not_answer_is_an_error_without_the_password() -> None:
    url = f"postgresql://someone:secret@127.0.0.1:{commands.free_port()}/web"
    with pytest.raises(PostgresError, match=r"//someone@127.*Connection refused") as caught, postgres.given(url, SCHEMA, SEED):
        pass
    assert "secret" not in str(caught.value)


def test_a_url_that_is_not_certain_to_be_understood_is_an_error_that_says_what_to_write() -> None:
    with pytest.raises(PostgresError, match="--postgres-url has to be of the form postgresql://user@host:port/name"):
        postgres.version("host=127.0.0.1 password=secret")


def test_a_user_with_a_password_gets_in(guarded: str) -> None:
    assert ask(guarded, "SELECT current_user") == "guarded"


def test_the_password_is_in_no_argument_of_psql(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    run = tools.run

    def watched(arguments: list[str], **options: Any) -> tools.Outcome:
        seen.extend(arguments)
        return run(arguments, **options)

    monkeypatch.setattr(tools, "run", watched)
    postgres.version(guarded)
    assert seen
    assert not [argument for argument in seen if SECRET in unquote(argument)]


@pytest.mark.parametrize("password", ["wrong-one", None])
def test_a_user_with_another_password_or_none_does_not_get_in_and_it_is_not_shown(running: Running, password: str | None) -> None:
    url = running.url.replace("postgres@", "guarded@")
    with pytest.raises(PostgresError, match=f"{url}: psql: .*password") as caught:
        postgres.version(with_password(url, password))
    assert "wrong-one" not in str(caught.value)


@pytest.mark.parametrize("program", first(["python/django/here", "go/net-http", "python/flask/here", "python/asgi/here"], 2))
def test_each_driver_gets_in_with_the_password(guarded: str, program: str) -> None:
    context = observed.context()
    entry = next(benchmark for benchmark in CATALOG.benchmarks if benchmark.id == "web/one-query")
    if program.startswith("go/"):
        web.build(context, entry.model_copy(update={"go": {"net-http": entry.go["net-http"]}}), ())
    context = dataclasses.replace(context, backend=Backend(guarded, "PostgreSQL 18", given=True))
    with serving.serving(context, context.tree(entry), entry, program, "127.0.0.1:1", "seed") as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("GET", "/worlds/4711")
        answer = json.loads(connection.getresponse().read())
        connection.close()
    assert answer == {"id": 4711, "number": (4711 * 7919 + SEED) % 10000 + 1}


def test_the_password_is_a_variable_of_a_server_and_not_in_its_url(guarded: str, tmp_path: Path) -> None:
    entry = next(benchmark for benchmark in CATALOG.benchmarks if benchmark.id == "web/one-query")
    context = dataclasses.replace(observed.context(tmp_path), backend=Backend(guarded, "PostgreSQL 18", given=True))
    variables = serving.variables(context, entry, "go/net-http", "127.0.0.1:1", 1)
    assert variables["PGPASSWORD"] == SECRET
    assert [name for name, value in variables.items() if SECRET in unquote(value)] == ["PGPASSWORD"]


def test_nothing_is_left_of_it_when_it_is_no_longer_needed(folder: Path) -> None:
    with reaper() as held, postgres.database(folder / "ended", (), SCHEMA, SEED, held) as url:
        one = Running(url, folder / "ended", ())
        pid, segment = one.state()[0], one.state()[6].split()[1]
    assert_nothing_left(url, [pid], segment, folder / "ended")


def test_nothing_is_left_of_it_when_the_harness_is_killed(folder: Path) -> None:
    # the reaper shares the harness's standard error, so that this returns when both have ended
    command = [sys.executable, "-c", HARNESS, str(folder / "killed"), str(SCHEMA)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    url, postmaster, segment, *others = done.stdout.split()
    assert len(others) > 5  # its own processes, and the one that is busy
    assert_nothing_left(url, [postmaster, *others], segment, folder / "killed")


def assert_nothing_left(url: str, pids: list[str], segment: str, home: Path) -> None:
    assert all(hangs.gone(int(pid)) for pid in pids)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", urlsplit(url).port or 0)).close()
    assert list(home.iterdir()) == []
    segments = Path("/proc/sysvipc/shm")
    if segments.exists():
        assert segment not in [line.split()[1] for line in segments.read_text(encoding="utf-8").splitlines()]


def test_one_with_an_unusable_setting_says_so_and_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "SETTINGS", {"shared_buffers": "much"})
    assert_does_not_start(folder / "unusable", 'initdb: exit status 1: .*"shared_buffers"')


def test_one_whose_port_is_taken_says_so_and_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setattr(commands, "free_port", lambda: listening.getsockname()[1])
        assert_does_not_start(folder / "taken", "postgres: exit status 1: .*Address already in use")


def assert_does_not_start(home: Path, message: str) -> None:
    with reaper() as held, pytest.raises(PostgresError, match=f"(?s){message}"), postgres.database(home, (), SCHEMA, SEED, held):
        pass
    assert list(home.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="PostgreSQL has a user of its own where the harness is root")
def test_where_its_user_can_reach_no_folder_the_error_says_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = folder / "shut"
    closed.mkdir(mode=0o700)
    with reaper() as held:
        monkeypatch.setattr(tempfile, "tempdir", str(closed))
        with pytest.raises(PostgresError, match="PostgreSQL's user nobody may not enter it: set TMPDIR"):
            postgres.database(closed, (), SCHEMA, SEED, held).__enter__()
    assert list(closed.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="another user than root runs PostgreSQL as itself")
def test_where_its_user_cannot_reach_the_folder_it_runs_in_another_and_leaves_neither(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    elsewhere = Path(tempfile.gettempdir())
    before = set(elsewhere.glob("postgres-*"))
    with reaper() as held, postgres.database(closed, (), SCHEMA, SEED, held) as url:
        assert postgres.work(url).hits == 0
    assert list(closed.iterdir()) == []
    assert set(elsewhere.glob("postgres-*")) == before
