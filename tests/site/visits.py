"""What a page did and has, once it is loaded: read in one visit, for all tests that ask for one of these things."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, ViewportSize

ONE_OF_EACH_KIND = (
    *("", "performance/loops-and-arithmetic/", "concurrency/python/", "ecosystem/web-frameworks/", "ecosystem/go/"),
    *("ease-of-use/mistakes/", "claims/", "method/", "data/", "this-machine/"),
)
"""Addresses of pages that a browser looks at in every run of the tests."""
VIEWPORT = ViewportSize(width=1280, height=900)
"""A desk's."""
PHONE = ViewportSize(width=390, height=844)
HOSTILE = "[onmouseover], [onerror], [onload], img[src=x], a[href^=javascript]"


@dataclass
class Watch:
    """What a page did that it should not."""

    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def dismiss(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def error(self, error: Error) -> None:
        self.errors.append(str(error))


@dataclass(frozen=True)
class Visit:
    """A page, loaded until its network was idle."""

    watch: Watch
    asked: tuple[str, ...]
    """The addresses that were asked for."""
    hostile: int
    """How many elements it has that no page should: with code in an attribute, or a script that says alert(1)."""
    text: str
    """The text of its content, white space folded."""
    on_a_phone: int
    """How wide it is on a phone, in pixels."""


def watched(page: Page) -> Watch:
    """Return what a page does beside showing text, from now on."""
    watch = Watch()
    page.on("dialog", watch.dismiss)
    page.on("console", watch.message)
    page.on("pageerror", watch.error)
    return watch


def visit(browser: Browser, address: str) -> Visit:
    """Load the page at an address in a context of its own."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with browser.new_context(viewport=VIEWPORT, color_scheme="light") as context:
        page = context.new_page()
        watch = watched(page)
        page.on("request", note)
        page.goto(address, wait_until="networkidle")
        hostile = page.locator(HOSTILE).count() + page.locator("script", has_text="alert(1)").count()
        text = " ".join(str(page.evaluate("document.querySelector('.md-content').textContent")).split())
        page.set_viewport_size(PHONE)
        on_a_phone = int(page.evaluate("document.scrollingElement.scrollWidth"))
        return Visit(watch, tuple(asked), hostile, text, on_a_phone)
