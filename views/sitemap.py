"""All pages: script, address and the navigation section they belong to.

To add a page: one script in ``pages/<section>/``, one line here, its words in
``views/texts/<lang>/``. A page that cannot work yet is not listed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageEntry:
    """One page.

    Attributes:
        name: id of the page, also the key of its words.
        section: navigation section, ``look`` and so on.
        url_path: fixed English address; empty for the start page.
        listed: whether the navigation shows it; others open through links.
        icon: Material symbol of the navigation.
        framed: whether head and foot stand around it; the windows of a stage have none.
    """

    name: str
    section: str
    url_path: str
    icon: str
    listed: bool = True
    framed: bool = True

    @property
    def script(self) -> str:
        """Path of the script, from the folder of ``dashboard.py``."""
        return f"pages/{self.section}/{self.name}.py"


PAGES = (
    PageEntry("overview", "look", "", ":material/explore:"),
    PageEntry("map", "look", "map", ":material/map:"),
    PageEntry("solutions", "look", "solutions", ":material/widgets:"),
    PageEntry("solution", "look", "solution", ":material/widgets:", listed=False),
    PageEntry("lessons", "look", "lessons", ":material/school:"),
    PageEntry("compare", "compare", "compare", ":material/show_chart:"),
    PageEntry("profile", "compare", "profile", ":material/tune:"),
    PageEntry("outcomes", "compare", "outcomes", ":material/compare_arrows:"),
    PageEntry("progress", "compare", "progress", ":material/view_kanban:"),
    PageEntry("transfer", "compare", "transfer", ":material/hub:"),
    PageEntry("projects", "compare", "projects", ":material/location_city:"),
    PageEntry("project", "compare", "project", ":material/location_city:", listed=False),
    PageEntry("adoption", "decide", "adoption", ":material/balance:"),
    PageEntry("shortlist", "decide", "shortlist", ":material/view_column:"),
    PageEntry("stories", "present", "stories", ":material/co_present:"),
    PageEntry("stage", "present", "stage", ":material/slideshow:", listed=False, framed=False),
    PageEntry("speaker", "present", "speaker", ":material/mic:", listed=False, framed=False),
    PageEntry("clicker", "present", "clicker", ":material/touch_app:", listed=False, framed=False),
    PageEntry("data", "contribute", "data", ":material/table:"),
    PageEntry("upload", "contribute", "upload", ":material/upload_file:"),
    PageEntry("evidence", "contribute", "evidence", ":material/playlist_add_check:"),
    PageEntry("versions", "contribute", "versions", ":material/history:"),
    PageEntry("methods", "about", "methods", ":material/functions:"),
    PageEntry("legal", "about", "legal", ":material/gavel:"),
)
BY_NAME = {page.name: page for page in PAGES}
FRAMED = {page.name: page for page in PAGES if page.framed}
BY_PATH = {page.url_path: page for page in PAGES}
