"""How requests reach a server: the certificate that is made for it, and what both ends are told."""

from __future__ import annotations

import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from bench.catalog import Benchmark
from bench.measure.http import transport
from bench.measure.http.transport import BARE, Transport
from bench.measure.instruments.base import MeasureContext
from tests import observed
from tests.cataloged import CATALOG


@pytest.fixture
def context(tmp_path: Path) -> MeasureContext:
    return observed.context(tmp_path)


def entry(name: str) -> Benchmark:
    return CATALOG.benchmark(f"web/{name}")


class Answers(BaseHTTPRequestHandler):
    """Answers every request by nothing."""

    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002, the library calls it so
        """Say nothing."""


def test_an_entry_that_says_nothing_of_it_has_bare_connections(context: MeasureContext) -> None:
    with transport.prepared(context, entry("json")) as prepared:
        assert (prepared, prepared.plan, prepared.variables, prepared.arguments) == (BARE, {}, {}, {})


def test_without_tls_there_is_no_certificate(context: MeasureContext) -> None:
    with transport.prepared(context, entry("tls-off")) as prepared:
        assert (prepared.plan, prepared.variables, prepared.arguments) == ({"transport": "off"}, {}, {})


def test_both_ends_are_told_of_the_same_certificate(context: MeasureContext) -> None:
    with transport.prepared(context, entry("tls-keep-alive")) as prepared:
        file = str(prepared.certificate)
        assert prepared.plan == {"transport": "keep-alive", "certificate": file}
        assert prepared.variables == {"TLS_CERTIFICATE": file, "TLS_KEY": str(prepared.key)}
        assert prepared.arguments == {"certificate": file, "private_key": str(prepared.key)}


def test_a_certificate_is_of_the_curve_p_256(context: MeasureContext) -> None:
    with transport.prepared(context, entry("tls-handshake")) as prepared:
        assert prepared.certificate is not None
        key = x509.load_pem_x509_certificate(prepared.certificate.read_bytes()).public_key()
        assert isinstance(key, ec.EllipticCurvePublicKey)
        assert key.curve.name == "secp256r1"


def test_each_server_has_a_certificate_of_its_own_that_goes_with_it(context: MeasureContext) -> None:
    with transport.prepared(context, entry("http2")) as one, transport.prepared(context, entry("http2")) as other:
        assert one.certificate is not None
        assert other.certificate is not None
        assert one.certificate.read_bytes() != other.certificate.read_bytes()
    assert not one.certificate.exists()


def served(prepared: Transport, trusting: Transport) -> int:
    """Return the status of an answer that came over TLS to a client that trusts a certificate."""
    assert prepared.certificate is not None
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    settings.load_cert_chain(prepared.certificate, prepared.key)
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        server.socket = settings.wrap_socket(server.socket, server_side=True)
        answering = threading.Thread(target=server.handle_request)
        answering.start()
        connection = trusting.connection(server.server_port, 10.0)
        try:
            connection.request("GET", "/plaintext")
            return connection.getresponse().status
        finally:
            connection.close()
            answering.join()


def test_a_client_trusts_the_certificate_of_the_transport(context: MeasureContext) -> None:
    with transport.prepared(context, entry("tls-keep-alive")) as prepared:
        assert served(prepared, prepared) == 204


def test_a_client_trusts_no_other(context: MeasureContext) -> None:
    with (
        transport.prepared(context, entry("http2")) as one,
        transport.prepared(context, entry("http2")) as other,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        served(one, other)
