"""What a running server holds beside its workspace: documents that were made, files that came in, what was compared.

Does not know how a view is filled.
"""

from dataclasses import dataclass, field
from hashlib import sha256

from starlette.requests import Request

from raportti.serve.files.downloads import Downloads
from raportti.serve.files.reading import Around
from raportti.serve.files.since import Since
from raportti.serve.files.uploads import Proposals
from raportti.serve.web.gate import cookie_name
from raportti.serve.workspace import Workspace


@dataclass(slots=True)
class Desk:
    """All of it, for one workspace."""

    workspace: Workspace
    proposals: Proposals = field(default_factory=Proposals)
    since: Since = field(init=False)
    downloads: Downloads = field(init=False)

    def __post_init__(self) -> None:
        self.since = Since(self.workspace)
        self.downloads = Downloads(self.workspace)

    @property
    def around(self) -> Around:
        """What files that come in are read beside."""
        request = self.workspace.request
        return Around(request.source, request.layout, request.cache)

    def close(self) -> None:
        """End the process that draws PDFs."""
        self.downloads.close()


def desk_of(request: Request) -> Desk:
    """Return what a request works with."""
    return request.app.state.desk


def owner_of(request: Request) -> bytes:
    """Say whose request it is: a hash of the cookie that the gate let through."""
    cookie = request.cookies.get(cookie_name(request.app.state.port), "")
    return sha256(cookie.encode("utf-8", "replace")).digest()
