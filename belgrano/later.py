"""A library that is imported when it is first used: a start does without, and is some hundredths of a second shorter.

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = Later("phonenumbers")
"""

import importlib
from typing import Any


class Later:
    """Stands for a module; whoever asks it for anything has it imported."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        """The module's own."""
        found = getattr(importlib.import_module(self._name), attribute)
        setattr(self, attribute, found)  # the next time it is here
        return found
