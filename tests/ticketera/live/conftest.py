"""The town of these tests."""

from tests.ticketera.town import crew, raul, rita, town  # noqa: F401
