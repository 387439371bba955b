"""What a restored database needs before it serves again."""

from belgrano.sessions import end_all_sessions
from belgrano.work import Work


async def nueva_vida(work: Work) -> None:
    """End all sessions: what was logged out after the copy was made would otherwise be in again."""
    await end_all_sessions(work)
