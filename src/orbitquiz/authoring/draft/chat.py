"""Asking a language model, of any server that speaks OpenAI's chat protocol.

The protocol: https://platform.openai.com/docs/api-reference/chat. Ollama, llama.cpp, LM Studio and vLLM speak it too.
"""

from __future__ import annotations

import ipaddress
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

_PATIENCE = 300.0  # seconds for an answer; a model on a small machine is slow
_TRIES = 3
_LONGEST_WAIT = 60.0  # seconds, whatever a server asks for
_LARGEST = 1_000_000  # bytes of an answer
_BUSY = (429, 502, 503, 504)

_FLAT = re.compile(r"\{[^{}]{1,1000}\}")

Messages = Sequence[Mapping[str, str]]


class ModelError(Exception):
    """A model that cannot be asked, or that gives no answer of use. The message never holds the key."""


def is_local(address: str) -> bool:
    """True if the server at `address` is this machine, so that no text leaves it."""
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Chat:
    """A conversation with `model` at `address`, such as http://localhost:11434/v1. `key` goes with each request.

    Raises `ModelError` for an address that is none, or that would carry the text in the clear over a network.
    """

    def __init__(
        self, address: str, model: str, key: str | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        try:
            import httpx
        except ModuleNotFoundError as error:
            raise ModelError(
                "--model needs the package httpx; install it with: pip install 'orbitquiz[model]'"
            ) from error
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
            raise ModelError(f"expected an address such as http://localhost:11434/v1, found {address!r}")
        if parts.scheme == "http" and not is_local(address):
            raise ModelError(f"{parts.hostname} is not this machine; an address elsewhere has to begin with https://")
        self.host = parts.hostname
        self.model = model
        self._url = address.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
        self._sleep = sleep
        self._takes_schema = True
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        # No proxy of the environment for a server on this machine, and nobody is followed elsewhere.
        self._client = httpx.Client(
            headers=headers, timeout=_PATIENCE, follow_redirects=False, trust_env=not is_local(address)
        )

    def ask(self, messages: Messages, longest: int, schema: Mapping[str, Any] | None = None) -> str:
        """Return the answer to `messages`, of `longest` tokens at most; as the JSON Schema `schema` where possible.

        Raises `ModelError`.
        """
        body: dict[str, Any] = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": longest,
        }
        if schema and self._takes_schema:
            form = {"name": "facts", "strict": True, "schema": schema}
            status, answer = self._send(body | {"response_format": {"type": "json_schema", "json_schema": form}})
            if status not in (400, 422):
                return self._content(status, answer)
            self._takes_schema = False  # a server that knows no schemas
        return self._content(*self._send(body))

    def _send(self, body: Mapping[str, Any]) -> tuple[int, bytes]:
        import httpx

        wait = 1.0
        for number in range(1, _TRIES + 1):
            try:
                with self._client.stream("POST", self._url, json=body) as response:
                    raw = b""
                    for chunk in response.iter_bytes():
                        raw += chunk
                        if len(raw) > _LARGEST:
                            raise ModelError(f"{self.host} answers with more than {_LARGEST // 1000:,} kB")
                    status, asked = response.status_code, response.headers.get("retry-after", "")
            except httpx.TimeoutException as error:
                raise ModelError(f"{self.host} gave no answer within {_PATIENCE:.0f} seconds") from error
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                raise ModelError(f"cannot reach {self.host}: {type(error).__name__}") from error
            if status not in _BUSY or number == _TRIES:
                return status, raw
            self._sleep(min(float(asked) if re.fullmatch(r"\d{1,6}", asked) else wait, _LONGEST_WAIT))
            wait *= 4
        raise AssertionError("unreachable")

    def _content(self, status: int, raw: bytes) -> str:
        if status == 401 or status == 403:
            raise ModelError(
                f"{self.host} refuses the key; put the right one into the environment as ORBITQUIZ_MODEL_KEY"
            )
        if status == 404:
            raise ModelError(f"{self.host} knows no model {self.model!r}, or has no chat at this address")
        if status == 429:
            raise ModelError(f"{self.host} is busy (429); try again later")
        if status != 200:
            raise ModelError(f"{self.host} answers {status}")
        try:
            content = json.loads(raw)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            raise ModelError(f"{self.host} gives an answer of another form") from error
        if not isinstance(content, str):
            raise ModelError(f"{self.host} gives an answer without words")
        return content


def objects_in(text: str) -> list[Any]:
    """Return the JSON objects in `text` that hold no others: what can be saved of an answer that was cut short."""
    return [found for match in _FLAT.finditer(text) if (found := json_in(match[0])) is not None]


def json_in(text: str) -> Any:
    """Return the JSON object in `text`, whatever stands around it; None where there is none that can be read."""
    start, end = text.find("{"), text.rfind("}")
    if not 0 <= start < end:
        return None
    try:
        return json.loads(text[start : end + 1])
    except (ValueError, RecursionError):
        return None
