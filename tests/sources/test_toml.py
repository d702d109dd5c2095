"""TOML: what messages and proposals quote is read as what was meant."""

import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.sources.toml import inline_table, quoted

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
@example('a "quoted" \\ name\t\r\n\x00\x1f\x7f\x85\u2028🎁')
def test_a_text_is_read_as_it_was(text):
    assert tomllib.loads(f"key = {quoted(text)}") == {"key": text}


@given(st.dictionaries(TEXTS, st.lists(TEXTS)))
def test_so_is_a_table_of_lists(table):
    assert tomllib.loads(f"leave_out = {inline_table(table)}") == {"leave_out": table}
