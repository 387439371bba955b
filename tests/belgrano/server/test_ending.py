"""A process that ends in time."""

import os
import select
import socket
import subprocess
import sys
import time

import pytest

from belgrano.server.ending import give_up_on_dead_peers


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Linux only")
def test_the_kernel_gives_up_on_a_peer_that_takes_nothing() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))

        give_up_on_dead_peers(1234)

        listener.listen()
        with socket.create_connection(listener.getsockname()) as client:
            accepted, _ = listener.accept()
            with accepted:
                assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 1234
                assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 0


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="Linux only")
def test_what_is_no_socket_is_not_held_open_by_it() -> None:
    reads, writes = os.pipe()
    give_up_on_dead_peers()
    os.close(writes)

    with os.fdopen(reads, "rb") as pipe:
        assert select.select([pipe], [], [], 0)[0], "somebody still holds the other end"
        assert pipe.read() == b""


def test_a_process_that_hangs_is_ended_all_the_same() -> None:
    start = time.monotonic()

    out = subprocess.run(
        [sys.executable, "-c", "import time; from belgrano.server.ending import exit_in; exit_in(0.3); time.sleep(30)"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert time.monotonic() - start < 25
    assert out.returncode == 0
    assert "salida forzada" in out.stderr
