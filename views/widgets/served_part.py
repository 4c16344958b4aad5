"""A part of a page in the browser whose script is served by the app, fetched once by address."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from loaders import folders

# Three lines travel with every run; the script itself does not.
LOADER = """
const address = new URL("app/static/%s?v=%s", document.baseURI).href;
const part = () => import(address);
export default async (component) => (await part()).draw(component);
"""


@cache
def version_of(*patterns: str) -> str:
    """Hash of the files a part is made of, so that browsers fetch a changed part anew."""
    digest = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(folders.STATIC.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@cache
def served_part(name: str, script: str, *more: str) -> Callable[..., Any]:
    """The part whose ``draw`` stands in a script of ``static/``.

    Args:
        name: how the browser knows it.
        script: file in ``static/``.
        more: patterns of further files that belong to it.
    """
    code = LOADER % (script, version_of(script, *more))
    return st.components.v2.component(f"transferkompass_{name}", js=code, isolate_styles=False)
