"""A small identity provider on this machine, which can also lie in every way the tests need."""

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY, OTHER_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in "ab")


class Provider:
    """``lies`` replaces claims of the token; ``key`` signs it; ``asked`` is the last authorization."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.subject, self.email = "subject-1", "fatima@example.org"
        self.lies: dict[str, Any] = {}
        self.key, self.algorithm = KEY, "RS256"
        self.asked: dict[str, str] = {}

    def authorize(self, address: str) -> str:
        """What the browser does there: comes back with a code for what it asked."""
        self.asked = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        return f"{urlsplit(self.asked['redirect_uri']).path}?code=abc&state={self.asked['state']}"

    def configuration(self) -> dict[str, Any]:
        pages = ("authorization", "token", "jwks")
        told = {f"{page}_endpoint": f"{self.url}/{page}" for page in pages}
        return {"issuer": self.url, "jwks_uri": told.pop("jwks_endpoint"), **told}

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        proof = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if challenge != self.asked["code_challenge"] or form["code"] != ["abc"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.url,
            "sub": self.subject,
            "email": self.email,
            "email_verified": True,
            "aud": self.asked["client_id"],
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 300,
            **self.lies,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        signing = None if self.algorithm == "none" else self.key
        if self.algorithm == "HS256":
            signing = "x" * 40
        token = jwt.encode(claims, signing, self.algorithm, headers={"kid": "one"})
        return 200, {"access_token": "nothing", "id_token": token}


@contextmanager
def serving() -> Iterator[Provider]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = {"/.well-known/openid-configuration": found.configuration, "/jwks": found.keys}
            self._answer(200, known[self.path]())

        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(*found.token(parse_qs(said)))

        def _answer(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    found = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
