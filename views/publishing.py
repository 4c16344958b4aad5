"""Who may publish: decided by the operator, as the product knows no accounts.

``TRANSFERKOMPASS_PUBLISH`` is ``open`` (everyone who reaches the page) or ``off`` (the page
only checks). Without it publishing is open to visitors on the same machine alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final, Literal
from urllib.parse import urlsplit

SETTING: Final = "TRANSFERKOMPASS_PUBLISH"
Rule = Literal["open", "off", "local", "not_local"]
# A proxy in front makes every visitor look as if they sat at this machine.
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def rule_for(setting: str, headers: Mapping[str, str], visitor: str | None) -> Rule:
    """Which rule holds for a visitor; ``open`` and ``local`` allow to publish.

    Args:
        setting: value of ``TRANSFERKOMPASS_PUBLISH``; anything but ``open`` and empty is off.
        headers: headers of the visitor's connection.
        visitor: network address of the visitor, ``None`` for this machine.
    """
    if setting.strip():
        return "open" if setting.strip().casefold() == "open" else "off"
    lower = {name.casefold(): value for name, value in headers.items()}
    if any(name in lower for name in _FORWARDED):
        return "not_local"
    here = _is_loopback(urlsplit(f"//{lower.get('host', '')}").hostname or "")
    return "local" if here and (visitor is None or _is_loopback(visitor)) else "not_local"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
