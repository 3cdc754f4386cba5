"""Names in Hebrew and Arabic letters keep the order in which they are read."""

from hypothesis import given
from hypothesis import strategies as st

from duly.evidence import Box
from duly.intake.reading import Word
from duly.intake.sheet import lay_out


def line(*words: str) -> list[Word]:
    return [Word(text, Box(50 + 40 * place, 100, 85 + 40 * place, 110)) for place, text in enumerate(words)]


def test_a_name_read_from_right_to_left_is_turned_round_within_its_line() -> None:
    (run,) = lay_out(1, line("Name:", "כהן", "דוד", "File"))
    assert run.text == "Name: דוד כהן File"


@given(st.lists(st.sampled_from(["Olalla", "Nadir,", "A-1", "§"]), min_size=1, max_size=6))
def test_other_lines_stay_as_they_stand(words: list[str]) -> None:
    runs = lay_out(1, [word for word in line(*words) if word.text != "§"])
    assert " ".join(run.text for run in runs).split() == [word for word in words if word != "§"]
