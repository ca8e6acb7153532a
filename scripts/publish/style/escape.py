"""Makes text that others wrote harmless where it enters a language: HTML and SVG, Markdown, BibTeX, a shell's command line.

Everything in a result file and everything that a program printed is such text. It stays plain through all of `facts`; what puts
it into one of these languages calls the function of that language. Readers and tools see the same characters, except that line
breaks become spaces, and characters that no document can hold become U+FFFD.
"""

from __future__ import annotations

import re
import shlex

import markupsafe

UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, half surrogate pairs and what is no character: XML forbids most, and the renderer of charts aborts."""
LINE_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
SPECIAL_IN_MARKDOWN = re.compile(r"^(?:[-+=:]|\d+\.(?= |$))|[\\`*_{}\[\]<>#|!~$^&]|^ +| +$")
"""What begins a block at the start of a line, what is markup anywhere, and spaces that make code or a line break at the ends."""
IN_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces, even those behind a backslash
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
    | {character: f"\\{character}" for character in "&%$#_"}
)


class Markdown(str):
    """Text that is Markdown already. Tables and macros take other text for plain, and so does the type checker."""

    __slots__ = ()


def plain(text: str) -> str:
    """Return text in one line, with U+FFFD for each character that a document cannot hold."""
    return UNPRINTABLE.sub("\ufffd", LINE_BREAKS.sub(" ", text))


def markdown(text: str) -> Markdown:
    """Return Markdown that shows `text` as it is, wherever a phrase may stand; Markdown stays as it is.

    Not for code, whether in backticks or in a fence: entities are not read there.
    """
    return text if isinstance(text, Markdown) else Markdown(SPECIAL_IN_MARKDOWN.sub(_entities, plain(text)))


def link(text: str, target: str) -> Markdown:
    """Return a link in Markdown with `text` as it is; `target` is an address of ours."""
    return Markdown(f"[{markdown(text)}]({target})")


def file_link(text: str, address: str) -> Markdown:
    """Return a link to a file of the site that mkdocs does not see, with `text` as it is; `address` is one of ours."""
    return Markdown(f'<a href="{html(address)}">{markdown(text)}</a>')


def code(text: str) -> Markdown:
    """Return `text` in Markdown as code: an element, since backticks in the text could end a code span."""
    return Markdown(f"<code>{markdown(text)}</code>")


def unsearched(block: str) -> Markdown:
    """Return a block of Markdown that the site's search leaves out."""
    return Markdown(f'<div data-search-exclude="true" markdown>\n\n{block}\n\n</div>')


def html(text: str) -> markupsafe.Markup:
    """Return text for an element or a quoted attribute of HTML or SVG."""
    return markupsafe.escape(plain(text))


def bibtex(text: str) -> str:
    """Return text for a field in braces."""
    return plain(text).translate(IN_BIBTEX)


def shell(text: str) -> str:
    """Return one word of a command line that is shown in one line."""
    return shlex.quote(plain(text))


def _entities(special: re.Match[str]) -> str:
    return "".join(character if character.isalnum() else f"&#{ord(character)};" for character in special[0])
