"""The address of a view as a QR code, drawn for screens and for print."""

from __future__ import annotations

import io
from typing import Final

import segno

from views.theme import LIGHT

# Read from the last row: medium correction, the quiet zone the standard asks for.
CORRECTION: Final = "m"
QUIET: Final = 4
PIXELS_PER_MODULE: Final = 12


def qr_svg(address: str) -> str:
    """The code as a drawing without surroundings.

    Raises:
        segno.DataOverflowError: the address is longer than a code holds (2,331 letters).
    """
    file = io.BytesIO()
    segno.make(address, error=CORRECTION, micro=False).save(
        file,
        kind="svg",
        border=QUIET,
        dark=LIGHT.ink,
        light="#FFFFFF",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
    )
    return file.getvalue().decode("utf-8").strip()


def qr_png(address: str) -> bytes:
    """The code as a picture of pixels; arguments as ``qr_svg``."""
    file = io.BytesIO()
    code = segno.make(address, error=CORRECTION, micro=False)
    code.save(
        file, kind="png", border=QUIET, scale=PIXELS_PER_MODULE, dark=LIGHT.ink, light="#FFFFFF"
    )
    return file.getvalue()
