"""Log lines a machine can read, and in which no child can be found."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest


class LineFormatter(logging.Formatter):
    """One JSON object a line.

    Of an exception only its type and the places it came through are kept: the message of a
    database or form error quotes the data it choked on.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            # Django's own words about a request end in its address, which a visitor wrote.
            line["message"] = line["message"].partition(":")[0]
            line["page"] = request.resolver_match.view_name if request.resolver_match else ""
            line["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["through"] = " > ".join(
                f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}"
                for frame in traceback.extract_tb(record.exc_info[2])
            )
        return json.dumps(line, ensure_ascii=False)
