"""A book of late values reads like a dictionary in which all of them were made at once."""

from hypothesis import given
from hypothesis import strategies as st

from app.late_book import LateBook

ROWS = st.lists(st.integers(0, 5), max_size=6, unique=True)
STEPS = st.one_of(
    st.tuples(st.just("late"), ROWS),
    st.tuples(st.just("put"), st.integers(0, 5)),
    st.tuples(st.just("read"), st.integers(0, 5)),
    st.tuples(st.just("pop"), st.integers(0, 5)),
)


@given(st.lists(STEPS, max_size=20))
def test_it_reads_like_a_dictionary(steps: list[tuple[str, int | list[int]]]) -> None:
    book, plain = LateBook[str](), dict[int, str]()
    for step, (kind, rows) in enumerate(steps):
        if isinstance(rows, list):
            book.note_late(rows, range(len(rows)), f"{step}:{{}}".format)
            plain |= {row: f"{step}:{place}" for place, row in enumerate(rows)}
        elif kind == "put":
            book[rows] = plain[rows] = str(step)
        elif kind == "read":
            assert book.get(rows) == plain.get(rows)
        else:
            assert book.pop(rows, None) == plain.pop(rows, None)
        assert set(book) == set(plain)
        assert len(book) == len(plain)
        assert [row in book for row in range(6)] == [row in plain for row in range(6)]
    assert dict(book) == plain


def test_a_value_is_made_once_and_only_when_asked_for() -> None:
    made: list[int] = []

    def make(place: int) -> int:
        made.append(place)
        return place

    book = LateBook[int]()
    book.note_late([7, 8], [0, 1], make)
    assert 7 in book
    assert not made
    assert [book[8], book[8]] == [1, 1]
    assert made == [1]
