"""Pages that look alike for everybody who is not signed in, kept ready in each web process."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from time import monotonic

from django.http import HttpRequest, HttpResponse

MOST_PAGES = 500
LARGEST_PAGE = 256 * 1024


def public_page(seconds: int) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Marks a view whose GET page may be shown from memory for `seconds` to people without a session.

    The middleware `PublicPages` does the rest; a page that sets a cookie (one with a form) is never kept.
    """

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def marked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                response.public_seconds = seconds
            return response

        return marked

    return mark


@dataclass(frozen=True)
class KeptPage:
    """A finished response."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    until: float

    def response(self) -> HttpResponse:
        response = HttpResponse(self.body)
        for name, value in self.headers:
            response.headers[name] = value
        return response


def etag_of(body: bytes) -> str:
    """A weak mark of a page's content; weak because a proxy may compress it."""
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


class KeptPages:
    """The pages of one process, the longest unused thrown away first."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self.most = most
        self._pages: OrderedDict[tuple[str, ...], KeptPage] = OrderedDict()
        self._lock = Lock()

    def find(self, key: tuple[str, ...]) -> KeptPage | None:
        """The page kept under `key`, while it is fresh."""
        page = self._pages.get(key)
        if page is None or page.until < monotonic():
            return None
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
        return page

    def keep(self, key: tuple[str, ...], page: KeptPage) -> None:
        """Keep `page` under `key`."""
        if len(page.body) > LARGEST_PAGE:
            return
        with self._lock:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)

    def forget(self) -> None:
        """Throw all pages away."""
        with self._lock:
            self._pages.clear()


KEPT = KeptPages()
