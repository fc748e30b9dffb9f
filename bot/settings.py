"""The environment, read once. Names and defaults are a contract (README, docs/for-admins.md)."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _shipped_pack() -> Path:
    """The pack inside an installed package, or the folder beside the source."""
    here = Path(__file__).parent
    packed = here / "pack"
    return packed if packed.is_dir() else here.parent / "knowledge"


SERVER = re.compile(r"postgres(?:ql)?://")
"""How the address of a database on a server begins."""
PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
"""A user's id; in an Enterprise organisation it may begin with W."""
SHIPPED_PACK = _shipped_pack()


class Settings(BaseSettings):
    """What the environment says; secrets never print."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    db: Path | SecretStr = Field(Path("meshfit.db"), validation_alias="MESHFIT_DB")
    """A file, or the address of a PostgreSQL database, which may hold a password."""
    knowledge: Path = Field(SHIPPED_PACK, validation_alias="MESHFIT_KNOWLEDGE")
    host: str = Field("127.0.0.1", validation_alias="MESHFIT_HOST")
    port: int = Field(3000, ge=0, le=65535, validation_alias="MESHFIT_PORT")
    public_url: str | None = Field(None, validation_alias="MESHFIT_PUBLIC_URL")
    token_key: SecretStr | None = Field(None, validation_alias="MESHFIT_TOKEN_KEY")
    acts: int = Field(1000, ge=1, validation_alias="MESHFIT_ACTS")
    channel_acts: int = Field(5000, ge=1, validation_alias="MESHFIT_CHANNEL_ACTS")
    retention_days: int | None = Field(None, ge=1, validation_alias="MESHFIT_RETENTION_DAYS")
    log_level: str = Field("INFO", validation_alias="MESHFIT_LOG_LEVEL")

    pack_owners: str | None = Field(None, validation_alias="MESHFIT_PACK_OWNERS")
    """Slack ids of who may see the questions that were missed, with commas between."""

    @property
    def owners(self) -> frozenset[str]:
        """The ids one by one."""
        return frozenset(filter(None, map(str.strip, (self.pack_owners or "").split(","))))

    @field_validator("db", mode="before")
    @classmethod
    def _database(cls, given: str | Path | SecretStr) -> Path | SecretStr:
        """A server's address prints no more than any other secret."""
        if isinstance(given, SecretStr):
            return given
        return SecretStr(str(given)) if SERVER.match(str(given)) else Path(given)

    @field_validator("pack_owners")
    @classmethod
    def _people(cls, given: str | None) -> str | None:
        """Ids, not names: Slack never tells an app who @ana is."""
        for each in filter(None, map(str.strip, (given or "").split(","))):
            if not PERSON.fullmatch(each):
                raise ValueError(f"'{each}' is no Slack user id, such as U0123ABCD")
        return given

    @field_validator("log_level")
    @classmethod
    def _level(cls, given: str) -> str:
        """The name of a level as Python's logging spells it."""
        known = logging.getLevelNamesMapping()
        if given.upper() not in known:
            raise ValueError(f"'{given}' is no level, use one of {', '.join(known)}")
        return given.upper()
