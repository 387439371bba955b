"""Why another service could not be asked, as an operator can act on it."""

import socket
import ssl
from collections.abc import Iterator

import httpx

EXPIRED = 10  # of OpenSSL's reasons why a certificate is not believed
ALONE = {18, 19, 20, 21}  # signed by itself, or by somebody whom nobody here knows


def why(error: BaseException) -> str:
    """A few Spanish words for what `httpx`, or the socket below it, raised."""
    if isinstance(error, httpx.TimeoutException):
        return "no contestó a tiempo"
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
        return "la dirección está mal escrita"
    for each in _chain(error):
        if isinstance(each, ssl.SSLCertVerificationError):
            return _certificate(each)
        if isinstance(each, ssl.SSLError):
            return "no habla TLS: ¿es http:// y no https://?"
        if isinstance(each, socket.gaierror):
            return "no existe ese nombre (DNS)"
        if isinstance(each, ConnectionRefusedError):
            return "nadie escucha en ese puerto"
        if isinstance(each, ConnectionResetError | BrokenPipeError):
            return "cortó la conexión"
        if isinstance(each, TimeoutError):
            return "no contestó a tiempo"
    return "cortó la conexión" if isinstance(error, httpx.TransportError) else type(error).__name__


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _certificate(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code == EXPIRED:
        return "su certificado venció"
    if error.verify_code in ALONE:
        return "su certificado no lo firma nadie conocido (una autoridad propia se da con SSL_CERT_FILE)"
    return f"su certificado no sirve ({error.verify_message})"
