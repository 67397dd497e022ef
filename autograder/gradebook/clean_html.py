"""What may stand in a page that shows a learner's Markdown: text, formulas, tables, pictures; nothing that runs."""

import html
import re

import bleach
from nbconvert.filters.markdown import markdown2html_mistune

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "i", "img", "input", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong",
    "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
"""Every other tag is shown as text."""

ATTRIBUTES = {
    "*": ("class", "id", "title"),
    "img": ("alt", "width", "height"),
    "input": ("checked", "disabled"),
    "ol": ("start",),
    "td": ("align", "colspan", "rowspan"),
    "th": ("align", "colspan", "rowspan"),
}

LINK = re.compile(r"(https?:|mailto:|[^:]*$)", re.IGNORECASE)
PICTURE = re.compile(r"(data:image/(png|jpeg|gif);base64,|https?:|[^:]*$)", re.IGNORECASE)
"""Addresses that only show something."""

COMMAND = re.compile(r"(\\|&#0*92;|&#x0*5c;|&bsol;)(href|csname|require|style|cssId|class)(?![A-Za-z])", re.IGNORECASE)
"""What in a formula would make a link or change the page; MathJax then shows the word."""


def clean_html(element: str | bytes) -> str:
    """HTML that a browser only shows, in the place of nbconvert's filter of this name, which shows paragraphs as tags.

    Args:
        element: HTML that was made of Markdown or code.
    """
    text = element.decode(errors="replace") if isinstance(element, bytes) else str(element)
    cleaned = bleach.clean(
        text, tags=TAGS, attributes=_is_allowed, protocols={"http", "https", "mailto", "data"}, strip_comments=True
    )
    parts = re.split(r"(<code[ >].*?</code>|<pre[ >].*?</pre>)", cleaned, flags=re.DOTALL)
    return "".join(part if i % 2 else COMMAND.sub(r"\\text{\2}", part) for i, part in enumerate(parts))


def markdown2html(source: str) -> str:
    """Clean HTML of Markdown, in the place of nbconvert's filter of this name."""
    try:
        return clean_html(markdown2html_mistune(source))
    except Exception:  # noqa: BLE001 - a learner's text may bring a renderer down: it is shown plain
        return f"<pre>{html.escape(source)}</pre>"


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if (tag, name) in (("a", "href"), ("img", "src")):
        plain = re.sub(r"[\s\x00-\x20]", "", html.unescape(value))
        return bool((LINK if tag == "a" else PICTURE).match(plain))
    if (tag, name) == ("input", "type"):
        return value == "checkbox"
    return name in ATTRIBUTES["*"] or name in ATTRIBUTES.get(tag, ())
