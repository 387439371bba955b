"""Web push against the standard's own example, and keys in the forms in which operators have them."""

import json

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils

from belgrano.http.webpush import Keys, Vapid, encrypt, to_bytes, to_text

# RFC 8291, section 5.
RECEIVER = Keys(
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg"
)
SENDER, SALT = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "DGv6ra1nlYgDCS1FRnbzlw"
PUBLIC = "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
    "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_standard_comes_out_as_it_is_printed() -> None:
    own = Vapid.read(SENDER, "mailto:a@b.example")

    body = encrypt(b"When I grow up, I want to be a watermelon", RECEIVER, own.key, to_bytes(SALT))

    assert own.public == PUBLIC
    assert to_text(body) == BODY


def test_no_message_is_encrypted_like_another() -> None:
    one, other = encrypt(b"{}", RECEIVER), encrypt(b"{}", RECEIVER)

    assert one[:16] != other[:16]
    assert one[21:86] != other[21:86]


def test_the_token_names_the_service_and_us_and_is_signed_with_the_key_it_shows() -> None:
    vapid = Vapid.read(SENDER, "mailto:a@b.example")

    scheme, token, key = vapid.authorization("https://push.example:8443/x/y?z", 1_000).replace(",", "").split(" ")

    assert (scheme, key) == ("vapid", f"k={PUBLIC}")
    head, claims, signature = token.removeprefix("t=").split(".")
    assert json.loads(to_bytes(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(to_bytes(claims)) == {
        "aud": "https://push.example:8443", "exp": 1_000 + 12 * 3600, "sub": "mailto:a@b.example",
    }  # fmt: skip
    raw = to_bytes(signature)
    assert len(raw) == 64
    der = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    vapid.key.public_key().verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey, password: bytes = b"") -> str:
    secret = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret).decode()


def test_a_key_may_be_pem_in_lines_or_in_one_or_plain_base64() -> None:
    written = pem(Vapid.read(SENDER, "").key)

    forms = [written, written.replace("\n", "\\n"), SENDER.replace("-", "+").replace("_", "/") + "="]

    assert {Vapid.read(form, "").public for form in forms} == {PUBLIC}
    assert SENDER not in repr(Vapid.read(SENDER, ""))


@pytest.mark.parametrize(
    "text",
    [
        "", "A", "AAAA", "ñ", "A" * 43, "_" * 43, SENDER + "AA", "-----BEGIN nothing",
        pem(ed25519.Ed25519PrivateKey.generate()), pem(ec.generate_private_key(ec.SECP384R1())),
        pem(ec.generate_private_key(ec.SECP256R1()), b"word"),
    ],
)  # fmt: skip
def test_what_is_no_key_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Vapid.read(text, "mailto:a@b.example")


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", RECEIVER.auth), (RECEIVER.p256dh[:-2], RECEIVER.auth), (to_text(b"\x04" + b"\x01" * 64), RECEIVER.auth),
        (to_text(b"\x02" + b"\x01" * 64), RECEIVER.auth), (RECEIVER.p256dh, "AAAA"), (RECEIVER.p256dh, "ñ"),
    ],
)  # fmt: skip
def test_what_no_browser_says_is_a_value_error(p256dh: str, auth: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Keys(p256dh, auth).parts()
