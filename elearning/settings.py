"""What the environment says, read once. Refuses to start half configured, and says what is missing."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from elearning.domain.errors import DomainError
from elearning.domain.message import message

HERE = Path(__file__).resolve().parent


class SettingsError(DomainError):
    """The environment does not say what is needed; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All that can be set. `resources` is where templates, static files, translations and starter texts stand."""

    database_url: str
    data_dir: Path
    secret_key: str
    host: str
    port: int
    public_url: str
    issuer: str
    zone: ZoneInfo
    resources: Path
    smtp_url: str = ""
    mail_from: str = ""
    metrics_token: str = ""
    redis_url: str = ""
    files_url: str = ""
    proxies: frozenset[str] = frozenset()
    remotes: tuple[str, ...] = ()

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies are never sent without it."""
        return self.public_url.startswith("https://")

    @property
    def public_host(self) -> str:
        """The host, with its port if any, under which people come."""
        return urlsplit(self.public_url).netloc


def resources_folder() -> Path:
    """The checkout, or the folder inside an installed wheel."""
    checkout = HERE.parent
    return checkout if (checkout / "templates").is_dir() else HERE / "_resources"


def platform_version() -> str:
    """The version of the platform: of the installed package, or of the checkout."""
    try:
        return version("phatngon")
    except PackageNotFoundError:
        project = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))
        return str(project["project"]["version"])


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingsError for a value that cannot be used, or a folder that cannot be written."""
    data_dir = Path(environment.get("PHATNGON_DATA_DIR", "var")).absolute()
    port = environment.get("PHATNGON_PORT", "8000")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(message("PHATNGON_PORT is “%(port)s”. Set it to a number from 1 to 65535.", port=port))
    public_url = _public_url(environment, port)
    make_writable(data_dir)
    return Settings(
        database_url=environment.get("PHATNGON_DATABASE_URL") or f"sqlite:///{data_dir / 'phatngon.db'}",
        data_dir=data_dir,
        secret_key=environment.get("PHATNGON_SECRET_KEY") or _kept_secret(data_dir),
        host=environment.get("PHATNGON_HOST", "127.0.0.1"),
        port=int(port),
        public_url=public_url,
        issuer=environment.get("PHATNGON_ISSUER", "Phát Ngôn"),
        zone=ZoneInfo(environment.get("PHATNGON_TIMEZONE", "Asia/Ho_Chi_Minh")),
        resources=resources_folder(),
        smtp_url=environment.get("PHATNGON_SMTP_URL", ""),
        mail_from=environment.get("PHATNGON_MAIL_FROM", "phat-ngon@localhost"),
        metrics_token=environment.get("PHATNGON_METRICS_TOKEN", ""),
        redis_url=_with_extra(environment, "PHATNGON_REDIS_URL", "redis", "redis"),
        files_url=_with_extra(environment, "PHATNGON_FILES_URL", "obstore", "s3"),
        proxies=_addresses(environment.get("PHATNGON_PROXIES", "")),
        remotes=tuple(environment.get("PHATNGON_TEXTS_REMOTES", "").split()),
    )


def _public_url(environment: Mapping[str, str], port: str) -> str:
    url = environment.get("PHATNGON_PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise SettingsError(
            message(
                "PHATNGON_PUBLIC_URL is “%(url)s”. Set it to an address such as https://phatngon.example.vn.", url=url
            )
        )
    return url


def _addresses(said: str) -> frozenset[str]:
    """Addresses, parted by commas or blanks. Raises SettingsError for what is none."""
    try:
        return frozenset(str(ip_address(one)) for one in said.replace(",", " ").split())
    except ValueError as error:
        raise SettingsError(
            message(
                "PHATNGON_PROXIES is “%(said)s”. Set it to addresses such as 10.0.0.5, parted by commas.", said=said
            )
        ) from error


def _with_extra(environment: Mapping[str, str], name: str, library: str, extra: str) -> str:
    """A setting that needs a library beside those that are always there. Raises SettingsError where that is not installed."""
    value = environment.get(name, "")
    if value and not value.startswith("file:") and find_spec(library) is None:
        raise SettingsError(
            message(
                "%(name)s needs a library that is not installed. Install it: pip install 'phatngon[%(extra)s]'",
                name=name,
                extra=extra,
            )
        )
    return value


def make_writable(folder: Path) -> None:
    """Make the data folder, and see that it can be written. Raises SettingsError when it cannot."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{secrets.token_hex(4)}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise SettingsError(
            message(
                "The data folder %(folder)s cannot be written. Give this user the right to write there, or set PHATNGON_DATA_DIR to another folder.",
                folder=str(folder),
            )
        ) from error


def _kept_secret(data_dir: Path) -> str:
    """The secret key of this installation, made once and kept in the data folder, readable by its owner only."""
    kept = data_dir / "secret-key"
    if not kept.exists():
        fresh = data_dir / f".secret-{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            kept.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text(encoding="ascii")
