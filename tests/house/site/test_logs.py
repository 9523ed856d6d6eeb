"""What the logs do not say."""

import json
import logging

import pytest

from juxian.site.logs import configuration, without_personal_facts


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('{"event": "id 110101199003070013 here"}', '{"event": "id [证件号码] here"}'),
        ('{"event": "11010119900307001X"}', '{"event": "[证件号码]"}'),
        ('{"event": "call 13800138000"}', '{"event": "call [手机号码]"}'),
        ('{"event": "to a.b@example.org"}', '{"event": "to [邮箱]"}'),
        (
            '{"exc": "violates\\nDETAIL:  Key (name)=(\\"张三\\") exists.\\nmore"}',
            '{"exc": "violates\\nDETAIL: [略]\\nmore"}',
        ),
    ],
)
def test_personal_facts_are_taken_out_of_a_line(line, kept):
    assert without_personal_facts(line) == kept


def test_digests_and_moments_stay_as_they_are():
    line = '{"digest": "a13800138000f", "ms": 12.5, "at": "2020-05-06T24:00:00.123456Z"}'

    assert without_personal_facts(line) == line


def test_a_log_line_is_json_without_the_row_a_driver_quotes():
    formatter = configuration("INFO")["formatters"]["json"]
    make = formatter.pop("()")
    record = logging.LogRecord(
        "juxian", logging.ERROR, __file__, 1, "%s", ("13800138000\nx",), None
    )

    line = make(**formatter).format(record)

    assert json.loads(line)["event"] == "[手机号码]\nx"
    assert "\n" not in line
