import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import identity
from app.core.errors import InvalidInput

PARSERS = [
    identity.parse_family_card,
    identity.parse_halal,
    identity.parse_kbli,
    identity.parse_md,
    identity.parse_merek,
    identity.parse_nib,
    identity.parse_nik,
    identity.parse_nitku,
    identity.parse_npwp,
    identity.parse_phone,
    identity.parse_pirt,
]
TYPED = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789+-. ()", max_size=40),
    st.text(alphabet="IDMPRT-.:0123456789 ", max_size=40),
)


def outcome_of(parse, text):
    """What was read, or the refusal."""
    try:
        return parse(text), None
    except InvalidInput as refusal:
        return None, refusal


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
@settings(max_examples=150, deadline=None)
@given(text=TYPED)
def test_whatever_is_typed_is_a_number_or_a_refusal_with_a_reason(parse, text):
    found, refusal = outcome_of(parse, text)

    if refusal is not None:
        assert refusal.message.endswith(".")
        assert refusal.field
        return
    value = found if isinstance(found, str) else found.value
    assert value.isascii()
    assert parse(value) == found


@given(value=st.text(alphabet="0123456789", min_size=16, max_size=16))
def test_mask_hides_all_but_the_ends(value):
    masked = identity.mask_nik(value)

    assert len(masked) == len(value)
    assert sum(character.isdigit() for character in masked) == 8
