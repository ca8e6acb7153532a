"""How requests reach a server: as its entry says by `transport`, over TLS of the server's own, and over HTTP/2."""

from __future__ import annotations

import contextlib
import ipaddress
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.catalog import Benchmark
from bench.measure.instruments.base import MeasureContext

ADDRESS = "127.0.0.1"
TRANSPORT = "transport"
"""The key of an entry's input: the load generator's word for it."""
OFF = "off"
"""The transport without TLS, for comparison."""
HANDSHAKE = "handshake"
"""The one that has a TLS handshake for each request."""
VALID = timedelta(days=1)
"""A certificate holds for so long before and after it is made: clocks may be set meanwhile."""


@dataclass(frozen=True)
class Transport:
    """The transport of an entry, with the files of its certificate: none without TLS."""

    name: str | None = None
    """None where an entry says nothing of it: bare connections."""
    certificate: Path | None = None
    key: Path | None = None

    @property
    def variables(self) -> dict[str, str]:
        """The variables by which Go's servers are told of the certificate; their clients choose between HTTP/1.1 and HTTP/2."""
        return {"TLS_CERTIFICATE": str(self.certificate), "TLS_KEY": str(self.key)} if self.certificate else {}

    @property
    def plan(self) -> dict[str, object]:
        """What the load generator has to know of it in each phase."""
        if self.name is None:
            return {}
        return {"transport": self.name, **({"certificate": str(self.certificate)} if self.certificate else {})}

    @property
    def arguments(self) -> Mapping[str, str]:
        """What is filled into the arguments of Python's servers."""
        return {"certificate": str(self.certificate), "private_key": str(self.key)} if self.certificate else {}

    def connection(self, port: int, timeout: float) -> HTTPConnection:
        """Return a connection to a server, which is opened when it is used."""
        if self.certificate is None:
            return HTTPConnection(ADDRESS, port, timeout=timeout)
        return HTTPSConnection(ADDRESS, port, timeout=timeout, context=ssl.create_default_context(cafile=str(self.certificate)))


BARE = Transport()
"""Of an entry that says nothing of it."""


@contextlib.contextmanager
def prepared(context: MeasureContext, benchmark: Benchmark) -> Iterator[Transport]:
    """Yield the transport of an entry, with a certificate of its own, made anew."""
    name = benchmark.input.get(TRANSPORT)
    if name in (None, OFF):
        yield Transport(str(name) if name else None)
        return
    with context.reaper.temporary() as folder:
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        _make(certificate, key)
        yield Transport(str(name), certificate, key)


def _make(certificate: Path, key: Path) -> None:
    """Write a key on the curve P-256, and a certificate for the loopback address that is signed with itself."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, ADDRESS)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - VALID)
        .not_valid_after(now + VALID)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(ADDRESS))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(signed.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
