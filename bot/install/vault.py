"""Tokens are kept sealed, by a key that is in the environment and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import SecretStr

from bot.errors import BadInput, Refused

MAKE_ONE = (
    "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)

CLOSED = (
    "{} of {} tokens of workspaces were sealed with another key: set MESHFIT_TOKEN_KEY as it was, "
    "an old key behind the new one with a comma between, or let these workspaces install it again."
)


class Vault:
    """Seals with the first key, opens with any: a new one is put in front of the old."""

    def __init__(self, keys: SecretStr) -> None:
        try:
            from cryptography.fernet import Fernet, MultiFernet  # noqa: PLC0415 - an extra
        except ImportError:
            raise BadInput(
                "SLACK_CLIENT_ID asks for installations in many workspaces, whose library is not "
                "installed: pip install 'meshfit[oauth]'."
            ) from None
        named = [each.strip() for each in keys.get_secret_value().split(",")]
        try:
            self._fernet = MultiFernet([Fernet(each) for each in named])
        except ValueError:
            raise BadInput(
                f"MESHFIT_TOKEN_KEY holds no key of 32 bytes in Base64: make one with {MAKE_ONE}."
            ) from None

    def seal(self, token: str) -> str:
        """What may lie in the database."""
        return self._fernet.encrypt(token.encode()).decode()

    def faults(self, every: Sequence[str]) -> list[str]:
        """How many of these cannot be opened, in a sentence; none is well."""
        closed = sum(not self._opens(each) for each in every)
        return [CLOSED.format(closed, len(every))] if closed else []

    def _opens(self, sealed: str) -> bool:
        try:
            self.open(sealed)
        except Refused:
            return False
        return True

    def open(self, sealed: str) -> str:
        """The token. Raises `Refused` where it was sealed with a key that is not there any more."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - an extra

        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Refused(
                "A workspace's token was sealed with another key: set MESHFIT_TOKEN_KEY as it was, "
                "or install the app again."
            ) from None
