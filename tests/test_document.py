from hypothesis import given
from hypothesis import strategies as st

from models.document import Box, Document, Line, Page, Word

words = st.lists(st.text(alphabet="abđếỷ12/", min_size=1, max_size=6), min_size=1, max_size=5)


def line(texts: list[str], cells: tuple[tuple[int, int], ...] = ()) -> Line:
    made = tuple(Word(t, Box(10 * n, 0, 10 * n + 8, 10)) for n, t in enumerate(texts))
    return Line(made, Box.around([w.box for w in made]), 1 if cells else None, cells)


@given(st.lists(st.lists(words, max_size=4), min_size=1, max_size=3))
def test_every_offset_points_at_its_own_text(pages: list[list[list[str]]]) -> None:
    document = Document.assemble([Page(n, 100, 100, 300, "ocr", tuple(line(t) for t in page)) for n, page in enumerate(pages, 1)])
    assert document.text.count("\f") == len(pages) - 1
    for _, placed in document.lines():
        assert document.text[placed.start : placed.end] == placed.text
        for word in placed.words:
            assert document.text[word.start : word.end] == word.text


def test_cells_of_a_row_keep_their_offsets() -> None:
    document = Document.assemble([Page(1, 100, 100, 300, "ocr", (line(["1", "Rà", "soát", "Sở"], ((0, 1), (1, 3), (3, 3), (3, 4))),))])
    row = document.pages[0].lines[0]
    assert document.text == "1 | Rà soát |  | Sở\n"
    spans = [row.cell_span(n) for n in range(4)]
    assert [document.text[s[0] : s[1]] if s else None for s in spans] == ["1", "Rà soát", None, "Sở"]


def test_locate_gives_page_and_box() -> None:
    document = Document.assemble([Page(n, 100, 100, 300, "ocr", (line(["một", "hai", "ba"]),)) for n in (1, 2)])
    at = document.text.index("hai", 10)
    assert document.locate(at, at + 6) == (2, Box(10, 0, 28, 10))
    assert document.locate(len(document.text) + 5, len(document.text) + 9) is None
