"""The environment, read once. Names and defaults are a contract (README, docs/for-admins.md)."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.domain.model.workplace import WEEKDAYS, Workplace, hours_of


def _shipped_pack() -> Path:
    """The pack inside an installed package, or the folder beside the source."""
    here = Path(__file__).parent
    packed = here / "pack"
    return packed if packed.is_dir() else here.parent / "knowledge"


SERVER = re.compile(r"postgres(?:ql)?://")
"""How the address of a database on a server begins."""
PUBLIC = re.compile(r"https://[^/\s?#]+[^\s?#]*|http://(?:127\.0\.0\.1|localhost)(?:[:/][^\s?#]*)?")
"""Where Slack leads browsers back to; on the machine itself without TLS."""
PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
"""A user's id; in an Enterprise organisation it may begin with W."""
LEAD = re.compile(rf"(?:([TE][A-Z0-9]{{2,}}):)?({PERSON.pattern})")
"""The same, with the workspace in which they lead where there are several."""
SHIPPED_PACK = _shipped_pack()


def _parts(listed: str | None) -> list[str]:
    """What stands between commas."""
    return [each for part in (listed or "").split(",") if (each := part.strip())]


FROM_FILES = (
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SLACK_CLIENT_SECRET",
    "MESHFIT_TOKEN_KEY",
    "MESHFIT_DB",
)
"""What may hold a secret: with `_FILE` behind its name it is read from a file."""


class Unreadable(ValueError):
    """A variable that names a file which does not give what it should."""


class InFiles(PydanticBaseSettingsSource):
    """Secrets that lie in files, as containers and systemd hand them over."""

    def get_field_value(self, _field: FieldInfo, _name: str) -> tuple[None, str, bool]:
        """Nothing field by field: `__call__` knows which there are."""
        return None, "", False

    def __call__(self) -> dict[str, str]:
        """Name → what its file holds, without the end of the line. Raises `Unreadable`."""
        named = {each: os.environ.get(f"{each}_FILE") for each in FROM_FILES}
        return {
            each if each.startswith("MESHFIT") else each.lower(): _held(each, Path(path))
            for each, path in named.items()
            if path
        }


def _held(name: str, path: Path) -> str:
    if os.environ.get(name):
        raise Unreadable(f"{name} and {name}_FILE are both set: leave one of them out")
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "no text in UTF-8"
        # without the path: whoever mistook it for the secret wrote that there
        raise Unreadable(f"{name}_FILE names no file that can be read ({why})") from None
    if not secret:
        raise Unreadable(f"{name}_FILE names an empty file")
    return secret


class Settings(BaseSettings):
    """What the environment says; secrets never print."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic's own signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment, then files that it names."""
        return init_settings, env_settings, InFiles(settings_cls)

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
    log_format: Literal["text", "json"] = Field("text", validation_alias="MESHFIT_LOG_FORMAT")
    metrics: str | None = Field(None, validation_alias="MESHFIT_METRICS")
    """Where /metrics answers: a port on loopback, or `host:port`."""

    pack_owners: str | None = Field(None, validation_alias="MESHFIT_PACK_OWNERS")
    """Slack ids of who may see the questions that were missed, with commas between."""

    leads: str | None = Field(None, validation_alias="MESHFIT_LEADS")
    """Slack ids of who sees where all teams stand, each `U…`, or `T…:U…` in one workspace."""
    time_zone: str = Field("UTC", validation_alias="MESHFIT_TIME_ZONE")
    working_days: str = Field("Mon,Tue,Wed,Thu,Fri", validation_alias="MESHFIT_WORKING_DAYS")
    working_hours: str = Field("09:00-17:00", validation_alias="MESHFIT_WORKING_HOURS")

    def workplace(self, workspace: str) -> Workplace:
        """What holds in a workspace for as long as it chooses nothing else."""
        named = filter(None, map(LEAD.fullmatch, _parts(self.leads)))
        begins, ends = hours_of(self.working_hours)
        return Workplace(
            leads=frozenset(each[2] for each in named if each[1] in (None, workspace)),
            pack_owners=frozenset(_parts(self.pack_owners)),
            time_zone=self.time_zone,
            work_days=tuple(WEEKDAYS.index(each) for each in _parts(self.working_days)),
            work_from=begins,
            work_until=ends,
            retention_days=self.retention_days,
            acts=self.acts,
            channel_acts=self.channel_acts,
        )

    @field_validator(*(each.lower() for each in FROM_FILES if each.startswith("SLACK")))
    @classmethod
    def _in_one_piece(cls, secret: SecretStr | None) -> SecretStr | None:
        """What goes into a header; what stands around it was copied along."""
        bare = secret.get_secret_value().strip() if secret else ""
        if not re.fullmatch(r"[!-~]*", bare):
            raise ValueError("it holds a space, a line break or no ASCII: copy it anew, alone")
        return SecretStr(bare) if bare else None

    @field_validator("public_url")
    @classmethod
    def _public(cls, url: str | None) -> str | None:
        if url and not PUBLIC.fullmatch(url):
            raise ValueError("it is no address such as https://meshfit.example.com")
        return url

    @field_validator("leads")
    @classmethod
    def _leads(cls, ids: str | None) -> str | None:
        for each in _parts(ids):
            if not LEAD.fullmatch(each):
                raise ValueError(f"'{each}' is no Slack user id, such as U0123ABCD or T0456:U0123")
        return ids

    @model_validator(mode="after")
    def _whose(self) -> Self:
        """A user's id is one workspace's own: another person may have it in another one."""
        several = self.slack_client_id and not self.slack_bot_token
        alone = [each for each in _parts(self.leads) if ":" not in each]
        if several and alone:
            raise ValueError(
                f"MESHFIT_LEADS names {alone[0]} without a workspace, and there are several: write "
                f"T…:{alone[0]}"
            )
        return self

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError):
            raise ValueError(f"'{name}' is no time zone, such as Europe/Berlin") from None
        return name

    @field_validator("working_days")
    @classmethod
    def _days(cls, days: str) -> str:
        for each in _parts(days):
            if each not in WEEKDAYS:
                raise ValueError(f"'{each}' is no day of the week, use {', '.join(WEEKDAYS)}")
        return days

    @field_validator("working_hours")
    @classmethod
    def _hours(cls, span: str) -> str:
        hours_of(span)
        return span

    @field_validator("db", mode="before")
    @classmethod
    def _database(cls, address: str | Path | SecretStr) -> Path | SecretStr:
        """A server's address prints no more than any other secret."""
        if isinstance(address, SecretStr):
            return address
        scheme, on_a_server, _ = str(address).partition("://")
        if not on_a_server:
            return Path(address)
        if not SERVER.match(str(address)):
            raise ValueError(f"{scheme}:// is not served, use a file's path or postgresql://…")
        return SecretStr(str(address))

    @field_validator("pack_owners")
    @classmethod
    def _people(cls, ids: str | None) -> str | None:
        """Ids, not names: Slack never tells an app who @ana is."""
        for each in _parts(ids):
            if not PERSON.fullmatch(each):
                raise ValueError(f"'{each}' is no Slack user id, such as U0123ABCD")
        return ids

    @field_validator("metrics")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        """A port, with or without a host before it."""
        port = (address or "0").rpartition(":")[2]
        if not port.isdecimal() or int(port) > 65535:
            raise ValueError(f"'{address}' is no port and no host:port, such as 127.0.0.1:9464")
        return address

    @field_validator("log_level")
    @classmethod
    def _level(cls, name: str) -> str:
        """The name of a level as Python's logging spells it."""
        known = logging.getLevelNamesMapping()
        if name.upper() not in known:
            raise ValueError(f"'{name}' is no level, use one of {', '.join(known)}")
        return name.upper()
