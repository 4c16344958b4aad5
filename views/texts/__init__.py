"""Interface words, data words, numbers and dates in German and English.

Language is always an argument or part of the object: many visitors share one process.
"""

from loaders.languages import LANGUAGES
from views.texts.articles import with_article
from views.texts.formats import Formats
from views.texts.names import Names, read_names
from views.texts.plain import anchor, as_html, as_linked_html, bare, link, plain
from views.texts.words import MissingWord, Words, read_words

__all__ = [
    "LANGUAGES",
    "Formats",
    "MissingWord",
    "Names",
    "Words",
    "anchor",
    "as_html",
    "as_linked_html",
    "bare",
    "link",
    "plain",
    "read_names",
    "read_words",
    "with_article",
]
