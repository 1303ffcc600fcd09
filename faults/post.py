"""A mail server that counts each message, may be slow, and may be away."""

import re
import socketserver
import threading
import time
from collections import Counter
from contextlib import suppress


class Talk(socketserver.StreamRequestHandler):
    """One sender; it may be killed at any word."""

    def handle(self) -> None:
        post: Post = self.server.post  # type: ignore[attr-defined]
        if not post.open:
            post.refused += 1
            return
        self.say("220 post")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                self.take(post)
            else:
                self.say("221 bye" if word == b"QUIT" else "250 ok")

    def take(self, post: "Post") -> None:
        letter = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            letter += line
        if line:
            (message,) = re.findall(rb"(?im)^message-id: *(?:\r\n )?(\S+)", letter)
            time.sleep(post.slow / 2)
            post.taken[message.decode()] += 1
            time.sleep(post.slow / 2)
            self.say("250 taken")

    def say(self, words: str) -> None:
        with suppress(OSError):
            self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    post: "Post"

    def handle_error(self, *_: object) -> None:
        """A sender that was killed is what we are here for."""


class Post:
    """Messages by their Message-ID, with how often each came in."""

    def __init__(self, slow: float = 0) -> None:
        self.taken: Counter[str] = Counter()
        self.open, self.slow, self.refused = True, slow, 0
        self.server = Server(("127.0.0.1", 0), Talk)
        self.server.post = self

    @property
    def environment(self) -> dict[str, str]:
        return {
            "ALERT4YOU_MAIL": f"smtp://127.0.0.1:{self.server.server_address[1]}",
            "ALERT4YOU_MAIL_FROM": "noreply@example.org",
        }

    def __enter__(self) -> "Post":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
