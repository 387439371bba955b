"""A person with a browser that runs no scripts: follows links by their words, fills in forms by their labels."""

import re
import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from quart.typing import TestClientProtocol

VOID = {"input", "img", "meta", "link", "br", "hr", "path", "circle", "source"}


def plain(text: str) -> str:
    """Lower case, without accents, single spaces."""
    text = unicodedata.normalize("NFD", text)
    return re.sub(r"\s+", " ", "".join(c for c in text if not unicodedata.combining(c))).strip().lower()


@dataclass
class Button:
    words: str = ""
    name: str = ""
    value: str = ""


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)  # words of a label -> name of its field
    buttons: list[Button] = field(default_factory=list)


class Page(HTMLParser):
    """What a person sees of a page, and what they can press."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self.images: list[str] = []
        self.ids: dict[str, str] = {}
        self.title = ""
        self._words: list[str] = []
        self._hidden = 0
        self._stack: list[tuple[str, dict[str, str], int]] = []
        self._labels: list[tuple[Form, str, str]] = []
        self.feed(html)
        for form, of, words in self._labels:
            name = self.ids.get(of, of)
            if name in form.fields:
                form.labels[plain(words)] = name

    @property
    def text(self) -> str:
        return plain(" ".join(self._words))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        form = self.forms[-1] if self.forms and any(t == "form" for t, _, _ in self._stack) else None
        if tag == "form":
            self.forms.append(Form(a.get("action", ""), a.get("method", "get").lower()))
        elif form is not None and tag in {"input", "textarea", "select"} and "name" in a:
            self._field(form, tag, a)
        elif form is not None and tag == "option":
            name = next(s["name"] for t, s, _ in reversed(self._stack) if t == "select")
            if "selected" in a or name not in form.fields:
                form.fields[name] = a.get("value", "")
        elif form is not None and tag == "button":
            form.buttons.append(Button(name=a.get("name", ""), value=a.get("value", "")))
        elif tag == "img":
            self.images.append(a.get("src", ""))
        if tag in {"template", "script", "style"}:
            self._hidden += 1
        if tag not in VOID:
            self._stack.append((tag, a, len(self._words)))

    def _field(self, form: Form, tag: str, a: dict[str, str]) -> None:
        self.ids[a.get("id", a["name"])] = a["name"]
        if tag == "select" or a.get("type") in {"submit", "button"}:
            return
        if a.get("type") in {"radio", "checkbox"}:
            if "checked" in a:
                form.fields[a["name"]] = a.get("value", "on")
        else:
            form.fields[a["name"]] = a.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or not any(t == tag for t, _, _ in self._stack):
            return
        while True:
            opened, a, start = self._stack.pop()
            if opened in {"template", "script", "style"}:
                self._hidden -= 1
            if opened == tag:
                break
        words = " ".join(self._words[start:])
        if tag == "a" and "href" in a:
            self.links.append((plain(words + " " + a.get("aria-label", "")), a["href"]))
        elif tag == "button" and any(t == "form" for t, _, _ in self._stack):
            self.forms[-1].buttons[-1].words = plain(words)
        elif tag == "label" and self.forms:
            self._labels.append((self.forms[-1], a.get("for", ""), words))
        elif tag == "textarea" and "name" in a:
            self.forms[-1].fields[a["name"]] = words.removeprefix("\n")  # as HTML says
        elif tag == "title":
            self.title = words.strip()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._words.append(data)


class Reader:
    """Somebody at the shop's pages."""

    def __init__(self, client: TestClientProtocol) -> None:
        self.client = client
        self.url = "/"
        self.status = 0
        self.html = ""
        self.page = Page("")

    async def go(self, url: str, method: str = "GET", **more: Any) -> None:
        """Open an address and follow where it leads."""
        url = urldefrag(url).url
        for _ in range(6):
            response = await self.client.open(url, method=method, **more)
            self.status = response.status_code
            if response.status_code not in {301, 302, 303, 307, 308}:
                break
            url, method, more = urldefrag(urljoin(url, response.headers["Location"])).url, "GET", {}
        parts = urlsplit(url)
        assert parts.netloc in {"", "localhost"}, f"leads to another host: {url}"
        self.url = parts.path + (f"?{parts.query}" if parts.query else "")
        self.html = (await response.get_data(as_text=True)) if response.content_type.startswith("text/html") else ""
        self.page = Page(self.html)

    async def follow(self, words: str) -> None:
        """Press the first link that holds these words."""
        found = next((href for text, href in self.page.links if plain(words) in text), None)
        assert found is not None, f"no link {words!r} on {self.url}"
        await self.go(urljoin(self.url, found))

    async def press(self, button: str, /, **typed: str) -> None:
        """Fill fields in by the words of their label (or name) and press a button of their form."""
        for form in self.page.forms:
            pressed = next((b for b in form.buttons if plain(button) in b.words), None)
            if pressed is None or not all(self._name(form, words) for words in typed):
                continue
            data = form.fields | {str(self._name(form, words)): value for words, value in typed.items()}
            if pressed.name:
                data[pressed.name] = pressed.value
            if form.method == "post":
                await self.go(urljoin(self.url, form.action), "POST", form=data)
            else:
                await self.go(urljoin(self.url, form.action), query_string=data)
            return
        raise AssertionError(f"no form with a button {button!r} and fields {list(typed)} on {self.url}")

    @staticmethod
    def _name(form: Form, words: str) -> str | None:
        if words in form.fields:
            return words
        return next((name for label, name in form.labels.items() if plain(words.replace("_", " ")) in label), None)

    def sees(self, words: str) -> bool:
        return plain(words) in self.page.text
