"""A YAML language server, spoken to as editors do: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any

PATIENCE = 60
"""Seconds until a server that says nothing has failed."""


def server() -> str | None:
    """Where a YAML language server is: named, on the path, or installed by npm here."""
    named = os.environ.get("YAML_LANGUAGE_SERVER")
    local = Path(__file__).parent.parent / "node_modules" / ".bin" / "yaml-language-server"
    return named or shutil.which("yaml-language-server") or (str(local) if local.exists() else None)


class LanguageServer:
    """One server process, without network access to any schema; documents are files."""

    def __init__(self, command: str, folder: Path) -> None:
        self._process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._messages: Queue[dict[str, Any] | None] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._asked = 0
        self._told: dict[str, list[dict[str, Any]]] = {}
        markdown = {"hover": {"contentFormat": ["markdown"]}, "completion": {"completionItem": {}}}
        text = {**markdown, "publishDiagnostics": {}, "synchronization": {}}
        root = folder.as_uri()
        workspace = {"configuration": True}
        capabilities = {"textDocument": text, "workspace": workspace}
        self.ask("initialize", processId=os.getpid(), rootUri=root, capabilities=capabilities)
        self.tell("initialized")

    def open(self, path: Path, text: str) -> str:
        """Open a document as an editor does; its URI."""
        uri = path.as_uri()
        self._told.pop(uri, None)
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=document)
        return uri

    def problems(self, uri: str) -> list[dict[str, Any]]:
        """What the server marks in a document, as soon as it has looked."""
        while uri not in self._told:
            self._next()
        return self._told[uri]

    def at(self, kind: str, uri: str, line: int, character: int) -> Any:
        """Ask for what is at a place, which counts from 0: `hover`, `completion`."""
        position = {"line": line, "character": character}
        return self.ask(f"textDocument/{kind}", textDocument={"uri": uri}, position=position)

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a request and wait for its answer."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": parameters})
        while True:
            message = self._next()
            if "method" not in message and message.get("id") == self._asked:
                assert "error" not in message, message["error"]
                return message.get("result")

    def tell(self, method: str, **parameters: Any) -> None:
        """Send what needs no answer."""
        self._send({"method": method, "params": parameters})

    def close(self) -> None:
        """End the server."""
        with suppress(OSError, AssertionError):
            self.ask("shutdown")
            self.tell("exit")
        self._process.kill()
        self._process.wait()

    def _send(self, message: Mapping[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        """The next message; what the server asks of its editor is answered on the way."""
        try:
            message = self._messages.get(timeout=PATIENCE)
        except Empty:
            message = None
        assert message is not None, "the language server says nothing"
        if message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            self._send(
                {"id": message["id"], "result": [_setting(each) for each in message["params"]["items"]]}
            )
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def _listen(self) -> None:
        out = self._process.stdout
        assert out
        while header := out.readline():
            length = int(header.split(b":")[1])
            while out.readline().strip():
                pass
            self._messages.put(json.loads(out.read(length)))
        self._messages.put(None)


def _setting(asked: Mapping[str, Any]) -> object:
    """What an editor has set: nothing from the network."""
    return (
        {"schemaStore": {"enable": False}, "completion": True, "hover": True, "validate": True}
        if (asked.get("section") == "yaml")
        else None
    )
