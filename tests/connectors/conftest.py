"""Peers for connectors: those of `tests.peers`, and a certificate authority that lives as long as the test run."""

import datetime
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.peers import WebhookReceiver, smtp_server, webhook_receiver  # noqa: F401

NAME = "nhan.mang.example"


@dataclass(frozen=True)
class Certified:
    """Both ends of a TLS line.

    Args:
        server: context of a server that shows a certificate for `NAME`.
        trusting: context of a client that trusts its issuer.
    """

    server: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    """A certificate for `NAME`, made for this run."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    text = certificate.public_bytes(serialization.Encoding.PEM)
    path: Path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(
        text
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return Certified(server, ssl.create_default_context(cadata=text.decode()))


@pytest.fixture
def tls_receiver(certified: Certified) -> Iterator[WebhookReceiver]:
    """A receiver on the loopback that speaks https under `NAME`."""
    with WebhookReceiver(certified.server) as receiver:
        yield receiver
