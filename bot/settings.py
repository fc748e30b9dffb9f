"""The environment, read once. Names and defaults are a contract (README, docs/for-admins.md)."""

from __future__ import annotations

import logging
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _shipped_pack() -> Path:
    """The pack inside an installed package, or the folder beside the source."""
    here = Path(__file__).parent
    packed = here / "pack"
    return packed if packed.is_dir() else here.parent / "knowledge"


SHIPPED_PACK = _shipped_pack()


class Settings(BaseSettings):
    """What the environment says; secrets never print."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    slack_bot_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = "https://slack.com/api/"
    db: Path = Field(Path("meshfit.db"), validation_alias="MESHFIT_DB")
    knowledge: Path = Field(SHIPPED_PACK, validation_alias="MESHFIT_KNOWLEDGE")
    host: str = Field("127.0.0.1", validation_alias="MESHFIT_HOST")
    port: int = Field(3000, ge=0, le=65535, validation_alias="MESHFIT_PORT")
    log_level: str = Field("INFO", validation_alias="MESHFIT_LOG_LEVEL")

    @field_validator("log_level")
    @classmethod
    def _level(cls, given: str) -> str:
        """The name of a level as Python's logging spells it."""
        known = logging.getLevelNamesMapping()
        if given.upper() not in known:
            raise ValueError(f"'{given}' is no level, use one of {', '.join(known)}")
        return given.upper()
