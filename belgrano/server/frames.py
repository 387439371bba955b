"""Websocket frames that are made once and written to many."""


def text_frame(text: str) -> bytes:
    """A text as the frame in which a server sends it (RFC 6455, 5.2): whole, unmasked, not compressed."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 2**16:
        return b"\x81\x7e" + size.to_bytes(2) + payload
    return b"\x81\x7f" + size.to_bytes(8) + payload
