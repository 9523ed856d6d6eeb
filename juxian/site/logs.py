"""What the logs say: one line of JSON per event, and never a personal fact."""

import logging
import re
from typing import Any

import structlog
from structlog.typing import Processor, WrappedLogger

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

# In the finished line: a driver's DETAIL quotes whole rows, digits are ids and telephones.
_PERSONAL = (
    (re.compile(r'DETAIL:(?:\\[^n]|[^"\\])*'), "DETAIL: [略]"),
    (re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])"), "[证件号码]"),
    (re.compile(r"(?<![0-9A-Za-z])1\d{10}(?![0-9A-Za-z])"), "[手机号码]"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[邮箱]"),
)


def without_personal_facts(line: str) -> str:
    """The line with row quotations, resident ids, telephones and mail addresses taken out."""
    for pattern, instead in _PERSONAL:
        line = pattern.sub(instead, line)
    return line


def configuration(level: str) -> dict[str, Any]:
    """`LOGGING` for Django; loggers of structlog and of the standard library end in one line."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    logging.captureWarnings(capture=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                    _last_look,
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # An address may carry a receipt number: `site.middleware` names the route instead.
            "django.request": {"level": "ERROR"},
            "pikepdf": {"level": "WARNING"},
            "procrastinate": {"level": "WARNING"},
            "django.server": {"handlers": [], "propagate": False},
        },
    }


def _last_look(_logger: WrappedLogger, _method: str, line: Any) -> Any:
    return without_personal_facts(line)
