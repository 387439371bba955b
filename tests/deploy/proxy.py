"""Debian's nginx with our own configuration in front of two apps, and an authority of the test's own."""

import contextlib
import datetime as dt
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers import ROOT, free_port

SHOP, DISPATCH = "tienda.ejemplo.com.ar", "reparto.ejemplo.com.ar"
WRITTEN = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")


def nginx_path() -> str:
    """Where nginx is. Where it is not, a test that needs it is skipped, and on CI it fails."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        reason = "nginx is missing: apt-get install nginx-light"
        (pytest.fail if os.environ.get("REQUIRE_SERVICES") else pytest.skip)(reason)
    return found


@dataclass(frozen=True)
class Authority:
    """Who signs, as a file for SSL_CERT_FILE, and one certificate for all of this machine's names."""

    ca: Path
    certificate: Path
    key: Path
    spki: str  # of the certificate's key, as Chromium takes it


def new_authority(folder: Path) -> Authority:
    """An authority that nobody knows yet, and what it signed."""
    now = dt.datetime.now(dt.UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autoridad de prueba")])

    def signed(subject: x509.Name, public: ec.EllipticCurvePublicKey, *more: tuple[x509.ExtensionType, bool]) -> bytes:
        builder = x509.CertificateBuilder(
            issuer, subject, public, x509.random_serial_number(), now - dt.timedelta(1), now + dt.timedelta(2)
        )
        for extension, critical in more:
            builder = builder.add_extension(extension, critical)
        return builder.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)

    names = [x509.DNSName(each) for each in (SHOP, DISPATCH, "localhost")]
    server = signed(
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SHOP)]),
        key.public_key(),
        (x509.SubjectAlternativeName([*names, x509.IPAddress(ip_address("127.0.0.1"))]), False),
        (x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), False),
    )
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    own = signed(
        issuer,
        ca_key.public_key(),
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (usage, True),
        (x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key()), False),
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files = {"ca.pem": own, "server.pem": server, "server.key": private}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    spki = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    paths = [folder / name for name in files]
    return Authority(*paths, spki=b64encode(sha256(spki).digest()).decode())


def configuration(folder: Path, authority: Authority, http: int, https: int, apps: dict[str, int]) -> Path:
    """`deploy/nginx.conf` as it is, with the ports and files of a test, in a server of its own."""
    text = WRITTEN
    for was, now in (
        ("listen 80;", f"listen 127.0.0.1:{http};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{https} ssl;"),
        ("https://$host$request_uri", f"https://$host:{https}$request_uri"),
        ("127.0.0.1:5000", f"127.0.0.1:{apps['ahorro']}"),
        ("127.0.0.1:5001", f"127.0.0.1:{apps['ticketera']}"),
        (f"server_name {DISPATCH};", f"server_name {DISPATCH} localhost;"),
        ("/var/log/nginx", str(folder)),
    ):
        assert was in text, f"deploy/nginx.conf has no {was} any more"
        text = text.replace(was, now)
    text = re.sub(r"/etc/letsencrypt/live/\S+/fullchain\.pem", str(authority.certificate), text)
    text = re.sub(r"/etc/letsencrypt/live/\S+/privkey\.pem", str(authority.key), text)
    temp = "".join(
        f"{kind}_temp_path {folder}/temp-{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = folder / "nginx.conf"
    whole.write_text(
        f"pid {folder}/nginx.pid;\nworker_processes 1;\ndaemon off;\n{'user root;' if os.geteuid() == 0 else ''}\n"
        f"events {{ worker_connections 512; }}\nhttp {{\n{temp}{text}\n}}\n",
        encoding="utf-8",
    )
    return whole


@contextlib.contextmanager
def proxy(folder: Path, authority: Authority, apps: dict[str, int]) -> Iterator[tuple[int, int]]:
    """nginx, up, in front of the apps on these ports; its own ports for http and https."""
    nginx = nginx_path()
    http, https = free_port(), free_port()
    whole = configuration(folder, authority, http, https, apps)
    with (folder / "nginx.out").open("wb") as out:
        command = [nginx, "-p", str(folder), "-e", str(folder / "nginx-error.log"), "-c", str(whole)]
        process = subprocess.Popen(command, stdout=out, stderr=out)
    try:
        end = time.monotonic() + 30
        while True:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", https), timeout=1).close()
                break
            assert process.poll() is None, (folder / "nginx.out").read_text()
            assert time.monotonic() < end, "nginx does not listen"
            time.sleep(0.02)
        yield http, https
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
