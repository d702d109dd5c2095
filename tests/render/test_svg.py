from reportgen.render.svg import lean, ordered

NS = 'xmlns="http://www.w3.org/2000/svg"'


def leaned(inside):
    return lean(f"<svg {NS}>{inside}</svg>".encode()).decode().removeprefix(f"<svg {NS}>").removesuffix("</svg>")


def test_what_draws_nothing_goes():
    assert leaned('<g class="a"><g><path></path><path d="M0,0"></path></g></g><defs></defs><text x="1"></text>') == ""
    assert leaned('<rect style="fill: red; fill-opacity: 0; stroke-opacity: 0; stroke: blue;"></rect>') == ""
    assert leaned('<rect style="fill: none; stroke: blue; stroke-width: 0px;"></rect>') == ""


def test_what_shows_stays():
    outlined = '<path d="M1,1L2,2" fill="none" stroke="blue"></path>'
    assert leaned(outlined) == outlined
    assert leaned('<rect width="3"></rect>') == '<rect width="3"></rect>'
    assert leaned("<text>5 &lt; 6</text>") == "<text>5 &lt; 6</text>"


def test_groups_that_change_nothing_give_way_to_what_they_hold():
    moved = '<g transform="translate(1,2)"><path d="M1,1L2,2"></path></g>'
    assert leaned(f'<g class="x"><g>{moved}</g></g><g class="y"><text>b</text></g>') == f"{moved}<text>b</text>"


def test_texts_stand_where_their_groups_moved_them():
    label = '<text x="3" y="4.5">a</text>'
    assert leaned(f'<g transform="translate(1,2.25)">{label}</g>') == '<text x="4" y="6.75">a</text>'
    turned = f'<g transform="rotate(0,7,8)"><g transform="translate(-3,0)">{label}</g></g>'
    assert leaned(turned) == '<text x="0" y="4.5">a</text>'


def test_turned_texts_and_those_of_several_lines_keep_their_groups():
    for kept in (
        '<g transform="rotate(-90,7,8)"><text x="3" y="4">a</text></g>',
        '<g transform="translate(1,2)"><text x="3" y="4"><tspan x="3">a</tspan></text></g>',
        '<g transform="translate(1,2)"><text transform="rotate(9)" x="3" y="4">a</text></g>',
    ):
        assert leaned(kept) == kept


def test_a_common_clip_is_that_of_the_group():
    one, other = (f'<path clip-path="url(#{name})" d="M1,1L2,2"></path>' for name in "ab")
    bare = '<path d="M1,1L2,2"></path>'
    assert leaned(f"<g transform='scale(2)'>{one}{one}</g>") == (
        f'<g clip-path="url(#a)" transform="scale(2)">{bare}{bare}</g>'
    )
    assert leaned(f'<g transform="scale(2)">{one}{other}</g>') == f'<g transform="scale(2)">{one}{other}</g>'


def test_a_fill_without_ink_is_none():
    assert leaned('<path d="M1,1L2,2" style="fill: red; fill-opacity: 0; stroke: blue;"></path>') == (
        '<path d="M1,1L2,2" fill="none" stroke="blue"></path>'
    )


def test_styles_become_attributes_but_those_that_hold_anyway():
    styled = '<text style="opacity: 1; fill: rgb(1, 2, 3); fill-opacity: 0.5; font-weight: 600;">a</text>'
    assert leaned(styled) == '<text fill="rgb(1, 2, 3)" fill-opacity="0.5" font-weight="600">a</text>'


def test_the_drawing_keeps_its_own_class_and_lean_changes_nothing_more():
    once = lean(f'<svg {NS} class="main-svg"><g clip-path="url(#c)"><text>a</text></g></svg>'.encode())
    assert b'class="main-svg"' in once
    assert lean(once) == once


def test_attributes_are_in_order_and_html_knows_them():
    linked = f'<svg {NS} xmlns:xlink="http://www.w3.org/1999/xlink"><image y="1" x="2" xlink:href="data:,"/></svg>'
    assert ordered(linked) == f'<svg {NS}><image href="data:," x="2" y="1"></image></svg>'.encode()
