"""Passwords that cost a test nothing: a fifth of the suite was Argon2.

What production takes is tried in `belgrano/accounts/test_passwords.py`, and by whoever starts servers without this.
"""

from argon2 import PasswordHasher

from belgrano.accounts import passwords

VARIABLE = "BELGRANO_TEST_QUICK_PASSWORDS"
PRODUCTION = passwords._hasher
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def take(hasher: PasswordHasher) -> None:
    """Hash by this one from now on, in this process. What the other one stored is still known."""
    passwords._hasher = hasher
    passwords._nobodys.cache_clear()
