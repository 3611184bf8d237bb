import pytest

from app.core.sealing import SealBroken, blind_index, blind_indexes, derive_key, seal, unseal

KEY = derive_key("sebuah rahasia yang panjang", purpose="nik")
OLD_KEY = derive_key("rahasia tahun lalu", purpose="nik")
NIK = "3302145208850003"


def test_sealed_value_opens_with_the_key_and_the_row_it_belongs_to():
    sealed = seal(NIK, KEY, b"row-1")

    assert unseal(sealed, [KEY], b"row-1") == NIK
    assert NIK.encode() not in sealed


def test_same_value_is_sealed_differently_each_time():
    assert seal(NIK, KEY, b"row-1") != seal(NIK, KEY, b"row-1")


def test_value_moved_to_another_row_does_not_open():
    with pytest.raises(SealBroken):
        unseal(seal(NIK, KEY, b"row-1"), [KEY], b"row-2")


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1] + bytes([b[-1] ^ 1]), lambda b: b[:0], lambda b: b"\x02" + b[1:]]
)
def test_changed_bytes_do_not_open(damage):
    with pytest.raises(SealBroken):
        unseal(damage(seal(NIK, KEY, b"row-1")), [KEY], b"row-1")


def test_older_key_still_opens_and_finds_while_it_is_kept():
    sealed = seal(NIK, OLD_KEY, b"row-1")

    assert unseal(sealed, [KEY, OLD_KEY], b"row-1") == NIK
    assert blind_indexes(NIK, [KEY, OLD_KEY]) == (blind_index(NIK, KEY), blind_index(NIK, OLD_KEY))
    with pytest.raises(SealBroken):
        unseal(sealed, [KEY], b"row-1")


def test_keys_of_different_purposes_are_unrelated():
    assert derive_key("rahasia", purpose="seal") != derive_key("rahasia", purpose="index")
    assert blind_index(NIK, derive_key("rahasia", purpose="seal")) != blind_index(
        NIK, derive_key("rahasia", purpose="index")
    )
