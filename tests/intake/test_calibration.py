"""No field is shown surer than fields read the same way have turned out to be."""

from hypothesis import given
from hypothesis import strategies as st

from duly.intake.calibration import measured

SURE = st.floats(min_value=0, max_value=1)
TYPES = st.sampled_from(["name", "address", "list", "text", "date", "boolean"])


@given(TYPES, SURE)
def test_measurement_only_lowers(type_: str, confidence: float) -> None:
    assert measured("ocr", type_, confidence) <= confidence


@given(TYPES, SURE, SURE)
def test_the_surer_reading_stays_the_surer(type_: str, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert measured("ocr", type_, low) <= measured("ocr", type_, high)


@given(TYPES, SURE)
def test_a_text_layer_is_left_as_it_is(type_: str, confidence: float) -> None:
    assert measured("text layer", type_, confidence) == confidence


def test_a_name_read_by_a_scanner_is_never_called_certain() -> None:
    assert measured("ocr", "name", 0.99) < 0.95
