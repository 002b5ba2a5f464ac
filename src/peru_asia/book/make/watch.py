"""Serve the web book while somebody writes it: built at every save, and the open pages follow.

Whatever happens is told to every open page over a WebSocket; `watch.js` shows it there. The script
is put into a page on its way to the browser: the files of the book stay as they are.
"""

import asyncio
import signal
import socket
import webbrowser
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path

import click
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import Scope
from starlette.websockets import WebSocket, WebSocketDisconnect
from watchfiles import awatch

from peru_asia import files, paths
from peru_asia.book.keep import fingerprint
from peru_asia.book.make.build_process import Builder
from peru_asia.book.text.editions import Edition

_HOST = "127.0.0.1"
_AT = "/_watch"
_MOMENT = 100  # milliseconds; saves that follow each other sooner are one
_NO_PAGE = b"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>No page</title>
</head>
<body><main><h1>There is no such page in the book</h1>
<p>If a build adds it, it will appear here.</p></main></body>
</html>
"""


def watch(port: int, open_browser: bool) -> None:
    """Build and serve the reader's web book until Ctrl-C, at another port if this one is taken."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)  # ends it as Ctrl-C does
    builder = Builder()
    try:
        with _listen(port) as sock, suppress(KeyboardInterrupt):
            address = f"http://{_HOST}:{sock.getsockname()[1]}/"
            click.echo(f"The book is at {address} and follows what you save. Ctrl-C ends this.")
            if open_browser:
                webbrowser.open(address)
            watching = Watch(builder.build, Edition.READER.html, *fingerprint.inputs())
            asyncio.run(watching.run(sock))
    finally:
        builder.end()
        click.echo("\x1b[?25h", nl=False)  # a build that is cut short leaves the cursor hidden


def _listen(port: int) -> socket.socket:
    with suppress(OSError):
        return socket.create_server((_HOST, port))
    return socket.create_server((_HOST, 0))  # any that is free


class Watch:
    """What is being built, what is wrong, and the pages of `html` that want to know.

    It calls `build` at first, and with what has been saved of the files in `folders` and of those
    that are `named`; this returns what is wrong.
    """

    def __init__(
        self,
        build: Callable[[set[Path]], Awaitable[str]],
        html: Path,
        folders: Iterable[Path],
        named: Iterable[Path],
    ) -> None:
        self._build, self._folders, self._named = build, tuple(folders), frozenset(named)
        self._saved: set[Path] = set()
        self._any = asyncio.Event()
        self._state: dict[str, bool | str] = {"building": True, "error": ""}
        self._pages: set[WebSocket] = set()
        routes = [
            WebSocketRoute(_AT, self._follow),
            Route(f"{_AT}/watch.js", _script),
            Mount("/", _Book(directory=html, html=True, check_dir=False)),
        ]
        app = Starlette(routes=routes)
        self.server = uvicorn.Server(
            uvicorn.Config(app, log_level="error", lifespan="off", timeout_graceful_shutdown=1)
        )

    async def run(self, sock: socket.socket) -> None:
        """Build and serve until the server is told to end."""
        around = {path.parent for path in self._named}
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._note(self._folders, self._counts, recursive=True)),
                # Editors put a new file in the place of the old one, so the folder is looked at.
                group.create_task(self._note(around, self._named.__contains__, recursive=False)),
                group.create_task(self._work()),
            ]
            await self.server.serve(sockets=[sock])
            for task in tasks:
                task.cancel()

    async def _note(
        self, where: Iterable[Path], counts: Callable[[Path], bool], recursive: bool
    ) -> None:
        """Note what is saved."""
        changes = awatch(
            *where,
            watch_filter=lambda _, path: counts(Path(path)),
            step=_MOMENT,
            recursive=recursive,
        )
        async for each in changes:
            self._saved |= {Path(path) for _, path in each}
            self._any.set()

    def _counts(self, path: Path) -> bool:
        folder = next(each for each in self._folders if path.is_relative_to(each))
        return not files.left_by_editors("", path.relative_to(folder).parts)

    async def _work(self) -> None:
        """Build, and again whenever something has been saved since that began."""
        while True:
            self._any.clear()
            saved, self._saved = self._saved, set()
            if saved:
                names = sorted(map(paths.relative, saved))
                more = f" and {len(names) - 3} more" if len(names) > 3 else ""
                click.echo(f"\nSaved: {', '.join(names[:3])}{more}")
            await self._tell(building=True)
            wrong = await self._build(saved)
            if wrong:
                click.secho(f"Error: {wrong}", fg="red", err=True)
            await self._tell(building=False, error=wrong)
            await self._any.wait()

    async def _tell(self, **news: bool | str) -> None:
        self._state |= news
        for page in list(self._pages):
            with suppress(WebSocketDisconnect, RuntimeError):  # it is about to leave
                await page.send_json(self._state)

    async def _follow(self, page: WebSocket) -> None:
        """Keep an open page informed until it is closed."""
        await page.accept()
        self._pages.add(page)
        try:
            await page.send_json(self._state)
            await page.receive()
        finally:
            self._pages.discard(page)


class _Book(StaticFiles):
    """The web book; its pages follow what is built."""

    async def check_config(self) -> None:
        """Do without the folder: the first build may not be done."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file as it is, and a page with the script."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            return _page(_NO_PAGE, 404)
        if isinstance(response, FileResponse) and response.media_type == "text/html":
            return _page(Path(response.path).read_bytes(), 200)
        response.headers["Cache-Control"] = "no-cache"  # a browser asks whether it is still right
        return response


def _page(content: bytes, status: int) -> Response:
    """Return a page with the script, which knows its page by a fingerprint."""
    mark = files.digest(content)
    script = f'<script src="{_AT}/watch.js" data-page="{mark}" defer></script>\n'.encode()
    before, end, after = content.rpartition(b"</body>")
    headers = {"ETag": f'"{mark}"', "Cache-Control": "no-cache"}
    return HTMLResponse(before + script + end + after, status, headers)


async def _script(request: Request) -> Response:
    return FileResponse(Path(__file__).with_suffix(".js"), headers={"Cache-Control": "no-cache"})
