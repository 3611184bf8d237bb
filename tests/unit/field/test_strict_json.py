"""What strangers may write in JSON, and what is found in it."""

from __future__ import annotations

import pytest

from app.field.rules.strict_json import Malformed, canonical, fingerprint, flaw_in, parse


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NaN", "not_a_number"),
        ("-Infinity", "not_a_number"),
        ("1e999", "number_too_big"),
        ("12345678901234567890", "number_too_big"),
        ("9" * 5000, "number_too_big"),
        (r'"a\u0000b"', "forbidden_sign"),
        (r'"\ud800"', "forbidden_sign"),
        (r'{"\ud800": 1}', "forbidden_sign"),
        ('{"a": 1, "a": 2}', "key_twice"),
        ("[" * 9 + "]" * 9, "too_deep"),
        ("[" * 100_000 + "]" * 100_000, "too_deep"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "too_deep"),
    ],
)
def test_poison_is_found_and_does_not_stop_its_neighbours(text, code):
    bad, good = parse(b'[%s, {"a": "[{\\"["}]' % text.encode())

    assert flaw_in(bad) == code
    assert (flaw_in(good), good) == (None, {"a": '[{"['})


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", b"[" * 100_000, b"]" * 50, b'"' + b"\\" * 99_999, b"[1,]"]
)
def test_what_is_no_json_is_told_at_once(text):
    with pytest.raises(Malformed):
        parse(text)


@pytest.mark.parametrize(
    "value",
    [
        9_223_372_036_854_775_807,
        -9_223_372_036_854_775_808,
        0.1,
        "Nur’aini 👩‍🍳 Ngasêm",
        None,
        True,
    ],
)
def test_what_people_write_is_taken_as_it_is(value):
    found = parse(canonical([value]))

    assert found == [value]
    assert flaw_in(found) is None


def test_one_value_has_one_fingerprint_whatever_the_order_of_its_keys():
    one, other = parse(b'{"a": 1, "b": {"c": [2.50, "x"]}}'), parse(b'{"b":{"c":[2.5,"x"]},"a":1}')

    assert fingerprint(one) == fingerprint(other) != fingerprint({**one, "a": 1.5})
