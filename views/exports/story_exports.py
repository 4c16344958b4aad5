"""The files a story can be taken away as: one entry per kind, in the order they are offered."""

from __future__ import annotations

from typing import Final

from views.exports import story_html, story_pptx
from views.exports.story_pdf import story_pdf
from views.exports.story_source import StoryExport

EXPORTS: Final = (
    StoryExport("pptx", ".pptx", story_pptx.MIME, story_pptx.story_pptx),
    StoryExport("pdf", ".pdf", "application/pdf", story_pdf),
    StoryExport("html", ".html", story_html.HTML, story_html.story_html),
    StoryExport("zip", ".zip", story_html.ZIP, story_html.story_zip),
)
