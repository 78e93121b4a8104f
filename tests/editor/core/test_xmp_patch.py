"""Patching: exactly which bytes change, and in how many forms RDF can say the same."""

import pytest

from editor.core.xmp_document import XmpDocument
from editor.core.xmp_names import Property, SidecarProperties
from editor.core.xmp_patch import patch_document
from editor.core.xmp_rest import rest_of
from editor.core.xmp_scan import scan_document
from editor.core.xmp_tag import read_tag

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
XMP = 'xmlns:xmp="http://ns.adobe.com/xap/1.0/"'


def patched(body: str, wanted: dict[Property, str | None]) -> str:
    before, after = f"<rdf:RDF {RDF} {XMP}>", "</rdf:RDF>"
    text = patch_document(scan_document(before + body + after), wanted)
    assert rest_of(text) == rest_of(before + body + after)
    return text.removeprefix(before).removesuffix(after)


def rating(body: str) -> str | None:
    return scan_document(f"<rdf:RDF {RDF} {XMP}>{body}</rdf:RDF>").properties().rating


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<rdf:Description xmp:Rating = "1" />', '<rdf:Description xmp:Rating = "4" />'),
        (
            "<rdf:Description xmp:Rating='1'></rdf:Description>",
            "<rdf:Description xmp:Rating='4'></rdf:Description>",
        ),
        (
            "<rdf:Description><xmp:Rating>1</xmp:Rating></rdf:Description>",
            "<rdf:Description><xmp:Rating>4</xmp:Rating></rdf:Description>",
        ),
        (
            "<rdf:Description><xmp:Rating/></rdf:Description>",
            "<rdf:Description><xmp:Rating>4</xmp:Rating></rdf:Description>",
        ),
        (
            '<rdf:Description><a:Rating xml:lang="x" xmlns:a="http://ns.adobe.com/xap/1.0/">1</a:Rating >'
            "</rdf:Description>",
            '<rdf:Description><a:Rating xmlns:a="http://ns.adobe.com/xap/1.0/">4</a:Rating></rdf:Description>',
        ),
        (
            '<rdf:Description\n  xmp:Rating="1">\n <xmp:Rating>2</xmp:Rating>\n</rdf:Description>',
            '<rdf:Description\n  xmp:Rating="4">\n</rdf:Description>',
        ),
        ("<rdf:Description/>", '<rdf:Description xmp:Rating="4"/>'),
        ("<rdf:Description></rdf:Description>", '<rdf:Description xmp:Rating="4"></rdf:Description>'),
        (
            '<rdf:Description\r\n\trdf:about=""/>',
            '<rdf:Description\r\n\trdf:about=""\r\n\txmp:Rating="4"/>',
        ),
        ('<rdf:Description xmp:Rating="4 "/>', '<rdf:Description xmp:Rating="4 "/>'),
    ],
)
def test_a_value_is_changed_where_it_stands(body: str, expected: str) -> None:
    assert patched(body, {Property.RATING: "4"}) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<rdf:Description a="b" xmp:Rating="1" c="d"/>', '<rdf:Description a="b" c="d"/>'),
        ('<rdf:Description xmp:Rating="0"/>', '<rdf:Description xmp:Rating="0"/>'),
        ('<rdf:Description xmp:Rating=""/>', '<rdf:Description xmp:Rating=""/>'),
        (
            '<rdf:Description xmp:Rating="0"><xmp:Rating>3</xmp:Rating></rdf:Description>',
            "<rdf:Description></rdf:Description>",
        ),
        ("<rdf:Description/>", "<rdf:Description/>"),
        ("", ""),
    ],
)
def test_a_value_is_taken_away(body: str, expected: str) -> None:
    assert patched(body, {Property.RATING: None}) == expected


def test_a_pending_label_of_digikam_is_none_of_ours() -> None:
    body = '<rdf:Description xmlns:d="http://www.digikam.org/ns/1.0/" d:PickLabel="2"/>'
    assert patched(body, {Property.PICK_LABEL: None}) == body
    assert 'd:PickLabel="3"' in patched(body, {Property.PICK_LABEL: "3"})


def test_a_prefix_that_means_something_else_is_not_used() -> None:
    body = '<rdf:Description xmlns:xmpDM="else:" xmlns:xmpDM2="other:" xmpDM:pick="5"/>'
    text = patched(body, {Property.PICK: "1", Property.GOOD: "true"})
    assert text == (
        '<rdf:Description xmlns:xmpDM="else:" xmlns:xmpDM2="other:" xmpDM:pick="5"'
        ' xmlns:xmpDM3="http://ns.adobe.com/xmp/1.0/DynamicMedia/" xmpDM3:pick="1" xmpDM3:good="true"/>'
    )


def test_what_a_value_may_hold_is_escaped() -> None:
    label = "<a> & \"b\" 'c' Ż"
    for body in (
        "<rdf:Description/>",
        "<rdf:Description xmp:Label=''/>",
        "<rdf:Description><xmp:Label/></rdf:Description>",
    ):
        text = patched(body, {Property.LABEL: label})
        assert scan_document(f"<rdf:RDF {RDF} {XMP}>{text}</rdf:RDF>").properties().label == label


@pytest.mark.parametrize(
    "body",
    [
        "<xmp:Rating> 3\n</xmp:Rating>",
        "<xmp:Rating><!-- c -->3</xmp:Rating>",
        "<xmp:Rating><![CDATA[3]]></xmp:Rating>",
        "<xmp:Rating rdf:parseType='Resource'><rdf:value>3</rdf:value><xmp:note>9</xmp:note></xmp:Rating>",
        "<xmp:Rating><rdf:Description><xmp:note>9</xmp:note><rdf:value>3</rdf:value></rdf:Description></xmp:Rating>",
        "<xmp:Rating rdf:value='3' xmp:note='9'/>",
        "<xmp:Rating><rdf:Description rdf:value='3'/></xmp:Rating>",
        "<xmp:Rating><rdf:Alt><rdf:li>3</rdf:li><rdf:li>9</rdf:li></rdf:Alt></xmp:Rating>",
    ],
)
def test_a_value_is_read_in_all_forms_of_rdf(body: str) -> None:
    assert rating(f"<rdf:Description>{body}</rdf:Description>") == "3"
    text = patched(f"<rdf:Description>{body}</rdf:Description>", {Property.RATING: "5"})
    assert text == "<rdf:Description><xmp:Rating>5</xmp:Rating></rdf:Description>"


def test_a_rating_that_is_not_the_photos_is_left_alone() -> None:
    body = (
        '<rdf:Description Rating="1"><xmp:History><rdf:Seq><rdf:li xmp:Rating="2">'
        "<xmp:Rating>3</xmp:Rating></rdf:li></rdf:Seq></xmp:History></rdf:Description>"
    )
    assert rating(body) is None
    assert patched(body, {Property.RATING: None}) == body


def test_only_the_first_packet_counts() -> None:
    text = f'<a><rdf:RDF {RDF}/><rdf:RDF {RDF} {XMP}><rdf:Description xmp:Rating="1"/></rdf:RDF></a>'
    assert scan_document(text).properties() == SidecarProperties()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<rdf:Description xmlns:a="a:" a:b="1"/>', '<rdf:Description xmlns:a="a:" a:b="2"/>'),
        ('<rdf:Description xmlns:a="a:" a:b="1"/>', '<rdf:Description xmlns:a="b:" a:b="1"/>'),
        (
            "<rdf:Description><xmp:A>1</xmp:A></rdf:Description>",
            "<rdf:Description><xmp:A>1 </xmp:A></rdf:Description>",
        ),
        ("<rdf:Description/><?a b?>", "<rdf:Description/>"),
        ("<!-- a -->", "<!-- b -->"),
        ('<rdf:Description rdf:about="a"/>', '<rdf:Description rdf:about="a"><xmp:A/></rdf:Description>'),
    ],
)
def test_any_other_difference_is_seen(one: str, other: str) -> None:
    first, second = (rest_of(f"<rdf:RDF {RDF} {XMP}>{body}</rdf:RDF>") for body in (one, other))
    assert first != second


def test_the_way_it_is_written_is_no_difference() -> None:
    one = (
        "<rdf:Description xmlns:a='a:' a:b='1' a:c='2'> <xmp:A></xmp:A>\n"
        "<xmp:Rating>1<!-- x --><?y z?></xmp:Rating></rdf:Description>"
    )
    other = '<rdf:Description xmlns:z="a:" z:c="2" z:b="1"><xmp:A/></rdf:Description> <rdf:Description/>'
    first, second = (rest_of(f"<rdf:RDF {RDF} {XMP}>{body}</rdf:RDF>") for body in (one, other))
    assert first == second


def test_what_cannot_be_a_document_is_an_error() -> None:
    with pytest.raises(ValueError, match="no start tag"):
        read_tag(b"text", 0)
    with pytest.raises(ValueError, match="without an end"):
        read_tag(b"<a b='c'", 0)
    with pytest.raises(ValueError, match="without rdf:RDF"):
        patch_document(XmpDocument(b""), {Property.RATING: "1"})
