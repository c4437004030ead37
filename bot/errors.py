"""Our errors, one tree; a refusal by policy is a verdict, not an error.

JiefenError
├── SettingsError         a setting is missing or wrong (names the variable)
├── DataError             a file of the shop's is wrong (names file, line or key)
│   ├── PolicyError       … a policy file
│   └── OrderImportError  … an order file; carries every error found
├── StorageError          the database is absent, older or newer than the program
├── OrderSystemError      the order system did not do what it was told
│   ├── OrderSystemRefused    … and said so: nothing happened, do not repeat
│   └── OrderSystemUncertain  … and did not say: it may have happened, reconcile
├── NotAllowed            this person may not do that now (a Chinese sentence for the page)
└── StaleOwner            written under an owner who no longer holds the conversation
"""

from __future__ import annotations


class JiefenError(Exception):
    """Base of every error that Jiefen raises; its text is one clear line."""


class SettingsError(JiefenError):
    """A setting is missing or wrong."""


class DataError(JiefenError):
    """A file of the shop's is wrong."""


class PolicyError(DataError):
    """A policy file is wrong; the text names file, rule and key."""


class OrderImportError(DataError):
    """An order file is wrong; nothing of it was imported."""

    def __init__(self, errors: list[str]) -> None:
        """Keep every error found, each naming file, line and field."""
        self.errors = errors
        super().__init__("\n".join(errors))


class StorageError(JiefenError):
    """The database is absent, or older or newer than the program."""


class OrderSystemError(JiefenError):
    """The order system did not do what it was told."""


class OrderSystemRefused(OrderSystemError):
    """The order system refused: nothing happened, and repeating will not help."""


class OrderSystemUncertain(OrderSystemError):
    """The order system gave no answer: it may have happened; reconcile, do not repeat."""


class NotAllowed(JiefenError):
    """This person may not do that now; the text is shown to them."""


class StaleOwner(JiefenError):
    """Somebody else holds the conversation by now; nothing was sent."""
