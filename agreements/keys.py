"""The school's seal key: own CA and certificate made by a command, or a bought PKCS#12 by setting."""

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from bpv.core import clock

BITS = 3072
CA_YEARS, SEAL_YEARS = 30, 10  # a seal must be readable for as long as a POK is kept


class NoKey(Exception):
    """There is no seal key: sealing waits, nothing is sealed with another."""


@dataclass(frozen=True)
class Files:
    """Where key, password and trusted root lie."""

    p12: Path
    password: Path
    roots: Path


def files() -> Files:
    """From the settings; by default below BPV_DATA/seal."""
    return Files(Path(settings.SEAL_P12), Path(settings.SEAL_P12).with_suffix(".password"), Path(settings.SEAL_ROOTS))


def password() -> bytes:
    """SEAL_PASSWORD, or the file beside the key that the command made."""
    if settings.SEAL_PASSWORD:
        return str(settings.SEAL_PASSWORD).encode()
    try:
        return files().password.read_bytes()
    except OSError:
        return b""


def make() -> Files:
    """Make an own CA and a seal certificate. FileExistsError when there is a key: it is never overwritten."""
    place = files()
    if place.p12.exists():
        raise FileExistsError(place.p12)
    place.p12.parent.mkdir(parents=True, exist_ok=True)
    ca_key, seal_key = (rsa.generate_private_key(public_exponent=65537, key_size=BITS) for _key in range(2))
    ca = _certificate(f"{settings.SCHOOL_NAME} bpv CA", ca_key, None, years=CA_YEARS)
    seal = _certificate(f"{settings.SCHOOL_NAME} bpv zegel", seal_key, (ca, ca_key), years=SEAL_YEARS)
    secret = secrets.token_urlsafe(32).encode()
    how = serialization.BestAvailableEncryption(secret)
    bundle = pkcs12.serialize_key_and_certificates(b"bpv zegel", seal_key, seal, [ca], how)
    place.roots.parent.mkdir(parents=True, exist_ok=True)
    place.roots.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    _write_secret(place.password, secret)
    _write_secret(place.p12, bundle)
    return place


def _write_secret(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _certificate(
    name: str, key: rsa.RSAPrivateKey, issuer: tuple[x509.Certificate, rsa.RSAPrivateKey] | None, *, years: int
) -> x509.Certificate:
    """A CA without an issuer, else a certificate that may only seal."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, settings.SCHOOL_NAME[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
        ]
    )
    now = clock.now()
    signing_key = issuer[1] if issuer else key
    usage: dict[str, Any] = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    usage |= dict.fromkeys(("key_cert_sign", "crl_sign"), issuer is None)
    usage |= dict.fromkeys(("digital_signature", "content_commitment"), issuer is not None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(
            x509.BasicConstraints(ca=issuer is None, path_length=0 if issuer is None else None), critical=True
        )
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    return builder.sign(signing_key, hashes.SHA256())


@cache
def _signer(path: str, _stamp: float, secret: bytes) -> Any:
    from pyhanko.sign import signers

    signer = signers.SimpleSigner.load_pkcs12(path, passphrase=secret or None)
    if signer is None:
        raise NoKey(f"De zegelsleutel {path} is niet te openen.")
    return signer


def signer() -> Any:
    """pyHanko's signer with the school's key. Raises NoKey."""
    path = files().p12
    if not path.exists():
        raise NoKey("Er is geen zegelsleutel: manage.py make_seal_key, of SEAL_P12.")
    return _signer(str(path), path.stat().st_mtime, password())


@cache
def _roots(path: str, _stamp: float) -> tuple[Any, ...]:
    from pyhanko.keys import load_certs_from_pemder

    return tuple(load_certs_from_pemder([path]))


def roots() -> tuple[Any, ...]:
    """The certificates a seal must lead to, and no other. Raises NoKey when there are none."""
    path = files().roots
    if not path.exists():
        raise NoKey("Er is geen vertrouwde wortel: SEAL_ROOTS.")
    return _roots(str(path), path.stat().st_mtime)


def timestamp_roots() -> tuple[Any, ...]:
    """What a timestamp must lead to: TSA_ROOTS, or the root of the seal for an authority of the school itself."""
    path = Path(settings.TSA_ROOTS) if settings.TSA_ROOTS else None
    if path is None:
        return roots()
    if not path.exists():
        raise NoKey("Er is geen vertrouwde wortel voor tijdstempels: TSA_ROOTS.")
    return _roots(str(path), path.stat().st_mtime)
