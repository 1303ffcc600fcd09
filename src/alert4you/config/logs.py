"""Log lines a machine can read, and in which no child can be found."""

import json
import logging
import traceback
from datetime import UTC, datetime


class LineFormatter(logging.Formatter):
    """One JSON object a line.

    Of an exception only its type and the places it came through are kept: the message of a
    database or form error quotes the data it choked on.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["through"] = " > ".join(
                f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}"
                for frame in traceback.extract_tb(record.exc_info[2])
            )
        return json.dumps(line, ensure_ascii=False)
