"""What a restored database needs before it serves again."""

from belgrano.accounts.sessions import end_all_sessions
from belgrano.database.backup import skip_ids
from belgrano.database.work import Work


async def nueva_vida(work: Work) -> None:
    """End all sessions, which may have been logged out since the copy, and skip the ids that it does not know of."""
    await end_all_sessions(work)
    await skip_ids(work)
