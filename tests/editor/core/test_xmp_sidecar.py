"""Sidecars: what other programs wrote stays, our marks arrive, and nothing damaged is touched."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from editor.core import xmp_sidecar
from editor.core.marks import NO_MARKS, Flag, Marks
from editor.core.xmp_errors import SidecarChangedError, SidecarError
from editor.core.xmp_marks import RejectRating
from editor.core.xmp_names import NO_PROPERTIES, SidecarProperties
from editor.core.xmp_sidecar import Sidecar, read_sidecar, sidecar_changed, write_sidecar

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
XMP = "{http://ns.adobe.com/xap/1.0/}"
DYNAMIC_MEDIA = "{http://ns.adobe.com/xmp/1.0/DynamicMedia/}"
DIGIKAM = "{http://www.digikam.org/ns/1.0/}"
OURS = {f"{XMP}Rating", f"{XMP}Label", f"{DYNAMIC_MEDIA}pick", f"{DYNAMIC_MEDIA}good", f"{DIGIKAM}PickLabel"}

PICKED = Marks(Flag.PICK, 4, "Żółty & <blue> \"'")
REJECTED = Marks(Flag.REJECT)

DARKTABLE = """<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
   xmp:Rating="1"
   darktable:history_end="2">
   <darktable:history>
    <rdf:Seq>
     <rdf:li
      darktable:num="0"
      darktable:operation="exposure"
      darktable:params="00&#38;ff"/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""
LIGHTROOM = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/"
    xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
   xmp:Rating="3" xmp:Label="Grün" xmpDM:pick="1" xmpDM:good="true" crs:Exposure2012="+0.35">
   <crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li><rdf:li>255, 255</rdf:li></rdf:Seq></crs:ToneCurve>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".replace("\n", "\r\n")
ELEMENTS = """<x:xmpmeta xmlns:x='adobe:ns:meta/' x:xmptk='Image::ExifTool 9.74'>
<!-- kept -->
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>

 <rdf:Description rdf:about='uuid:1'
  xmlns:dc='http://purl.org/dc/elements/1.1/'>
  <dc:subject><rdf:Bag><rdf:li>  two  words </rdf:li></rdf:Bag></dc:subject>
 </rdf:Description>

 <rdf:Description rdf:about='uuid:1'
  xmlns:xap='http://ns.adobe.com/xap/1.0/' xmlns:digi='http://www.digikam.org/ns/1.0/'>
  <xap:Label xml:lang='x-default'>Blue</xap:Label>
  <xap:Rating>2</xap:Rating>
  <xap:Rating rdf:parseType='Resource'><rdf:value>5</rdf:value></xap:Rating>
  <digi:PickLabel>0</digi:PickLabel>
  <digi:versions><rdf:Description xap:Rating='9'/></digi:versions>
 </rdf:Description>
</rdf:RDF>
</x:xmpmeta>
"""
NO_NODE = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmp="other:" >
 <xmp:Photo rdf:about="uuid:2" xmp:kept="1"/>
</rdf:RDF>"""
BARE = (
    """<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmp="something:else" xmp:kept="1"/>"""
)
FORMS = {
    "darktable": (DARKTABLE.encode(), SidecarProperties(rating="1")),
    "lightroom": (
        LIGHTROOM.encode("utf-16"),
        SidecarProperties(rating="3", pick="1", good="true", label="Grün"),
    ),
    "utf-16 without mark": (
        LIGHTROOM.encode("utf-16-be"),
        SidecarProperties(rating="3", pick="1", good="true", label="Grün"),
    ),
    "latin-1": (
        ("<?xml version='1.0' encoding='ISO-8859-1'?>" + LIGHTROOM.replace("\ufeff", "")).encode("latin-1"),
        SidecarProperties(rating="3", pick="1", good="true", label="Grün"),
    ),
    "elements": (ELEMENTS.encode("utf-8-sig"), SidecarProperties(rating="2", pick_label="0", label="Blue")),
    "no description": (NO_NODE.encode(), NO_PROPERTIES),
    "bare": (BARE.encode(), NO_PROPERTIES),
}


def skeleton(content: bytes) -> list[object]:
    """Everything but our properties, seen through another parser than the program's."""
    tree = ET.XMLParser(target=ET.TreeBuilder(insert_comments=True, insert_pis=True))  # noqa: S314 (own files)
    root = ET.fromstring(content, parser=tree)  # noqa: S314
    for rdf in [root] if root.tag == f"{RDF}RDF" else root.findall(f"{RDF}RDF"):
        for node in list(rdf):
            for name in OURS & set(node.attrib):
                del node.attrib[name]
            for child in [child for child in node if child.tag in OURS]:
                node.remove(child)
            if not len(node) and set(node.attrib) <= {f"{RDF}about"} and not (node.text or "").strip():
                rdf.remove(node)
    return flat(root)


def flat(element: ET.Element) -> list[object]:
    text, tail = (part if part and part.strip() else "" for part in (element.text, element.tail))
    return [element.tag, sorted(element.attrib.items()), text, tail, *(flat(child) for child in element)]


def read(path: Path) -> Sidecar:
    sidecar = read_sidecar(path)
    assert sidecar is not None
    return sidecar


def publish(path: Path, marks: Marks) -> Sidecar:
    sidecar = write_sidecar(path, marks, seen=read(path).stamp)
    assert sidecar is not None
    return sidecar


def exiftool(path: Path) -> dict[str, object]:
    program = shutil.which("exiftool")
    if program is None:
        pytest.skip("exiftool, the independent reader, is not installed")
    answer = subprocess.run([program, "-j", "-n", "-G1", str(path)], capture_output=True, check=True)
    found: dict[str, object] = json.loads(answer.stdout)[0]
    return found


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, SidecarProperties]:
    content, properties = FORMS[request.param]
    path = tmp_path / "IMG_1.xmp"
    path.write_bytes(content)
    return path, properties


def test_every_form_is_read(form: tuple[Path, SidecarProperties]) -> None:
    path, properties = form
    sidecar = read(path)
    assert sidecar.properties == properties
    assert sidecar.path == path


@pytest.mark.parametrize("marks", [PICKED, REJECTED, Marks(rating=2), NO_MARKS])
def test_only_our_properties_change(form: tuple[Path, SidecarProperties], marks: Marks) -> None:
    path, _ = form
    before = path.read_bytes()
    sidecar = publish(path, marks)
    assert skeleton(path.read_bytes()) == skeleton(before)
    assert read(path) == sidecar
    assert sidecar.properties.label == marks.label
    flag = {Flag.PICK: ("1", "true", "3"), Flag.REJECT: ("-1", "false", "1")}.get(marks.flag)
    properties = sidecar.properties
    if flag is not None:
        assert (properties.pick, properties.good, properties.pick_label) == flag
    else:
        assert (properties.pick, properties.good) == (None, None)
        assert properties.pick_label in {None, "0"}
    assert list(path.parent.iterdir()) == [path]


def test_publishing_again_writes_nothing(form: tuple[Path, SidecarProperties]) -> None:
    path, _ = form
    sidecar = publish(path, PICKED)
    place = path.stat().st_ino
    assert write_sidecar(path, PICKED, seen=sidecar.stamp) == sidecar
    assert path.stat().st_ino == place


def test_the_encoding_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    for name in ("lightroom", "utf-16 without mark", "latin-1", "elements"):
        content = FORMS[name][0]
        path.write_bytes(content)
        publish(path, PICKED)
        assert path.read_bytes()[:24] == content[:24]
        assert read(path).properties.label == PICKED.label


def test_a_new_sidecar_is_made_only_for_a_mark(tmp_path: Path) -> None:
    path = tmp_path / "IMG_1.CR3.xmp"
    assert read_sidecar(path) is None
    assert write_sidecar(path, NO_MARKS, seen=None) is None
    assert list(tmp_path.iterdir()) == []
    made = write_sidecar(path, PICKED, seen=None)
    assert made == read(path)
    assert made.properties == SidecarProperties("4", "1", "true", "3", PICKED.label)
    cleared = write_sidecar(path, NO_MARKS, seen=made.stamp)
    assert cleared is not None
    assert cleared.properties == NO_PROPERTIES
    assert path.is_file()


@pytest.mark.parametrize(
    ("marks", "reject_rating", "rating"),
    [
        (Marks(Flag.REJECT), RejectRating.WITHOUT_STARS, "-1"),
        (Marks(Flag.REJECT, 3), RejectRating.WITHOUT_STARS, "3"),
        (Marks(Flag.REJECT, 3), RejectRating.ALWAYS, "-1"),
        (Marks(Flag.REJECT), RejectRating.NEVER, None),
        (Marks(Flag.PICK), RejectRating.ALWAYS, None),
    ],
)
def test_a_reject_takes_the_place_of_stars_only_as_asked(
    tmp_path: Path, marks: Marks, reject_rating: RejectRating, rating: str | None
) -> None:
    sidecar = write_sidecar(tmp_path / "a.xmp", marks, seen=None, reject_rating=reject_rating)
    assert sidecar is not None
    assert sidecar.properties.rating == rating


def test_exiftool_reads_our_marks(form: tuple[Path, SidecarProperties]) -> None:
    path, _ = form
    before = exiftool(path)
    if not any(key.startswith("XMP-") for key in before):
        pytest.skip("exiftool itself reads nothing of this form")
    publish(path, Marks(Flag.REJECT, 3, "Red & blue"))
    after = exiftool(path)
    marks = {
        "XMP-xmp:Rating": 3,
        "XMP-xmp:Label": "Red & blue",
        "XMP-xmpDM:Pick": -1,
        "XMP-xmpDM:Good": False,
        "XMP-digiKam:PickLabel": 1,
    }
    assert {name: after.get(name) for name in marks} == marks
    volatile = {name for name in after if name.startswith(("System:", "ExifTool:", "File:"))}
    kept = {name: value for name, value in after.items() if name not in volatile | marks.keys()}
    assert kept == {name: value for name, value in before.items() if name not in volatile | marks.keys()}


def test_exiftool_reads_a_new_sidecar(tmp_path: Path) -> None:
    write_sidecar(tmp_path / "a.xmp", PICKED, seen=None)
    found = exiftool(tmp_path / "a.xmp")
    assert found["XMP-xmp:Rating"] == 4
    assert found["XMP-xmp:Label"] == PICKED.label
    assert found["XMP-xmpDM:Pick"] == 1
    assert "ExifTool:Warning" not in found


def test_what_another_program_wrote_since_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    made = write_sidecar(path, PICKED, seen=None)
    assert made is not None
    with pytest.raises(SidecarChangedError, match="Another program"):
        write_sidecar(path, REJECTED, seen=None)
    path.write_text(DARKTABLE)
    with pytest.raises(SidecarChangedError):
        write_sidecar(path, REJECTED, seen=made.stamp)
    assert path.read_text() == DARKTABLE
    path.unlink()
    with pytest.raises(SidecarChangedError):
        write_sidecar(path, REJECTED, seen=made.stamp)


def test_a_write_that_another_one_overtakes_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xmp"
    monkeypatch.setattr(xmp_sidecar, "write_atomically", lambda target, _content: target.write_text(BARE))
    with pytest.raises(SidecarChangedError):
        write_sidecar(path, PICKED, seen=None)


def test_a_change_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.xmp"
    assert not sidecar_changed(path, None)
    path.write_text(DARKTABLE)
    assert sidecar_changed(path, None)
    stamp = read(path).stamp
    assert not sidecar_changed(path, stamp)
    os.utime(path, ns=(1, 10**18))
    assert not sidecar_changed(path, stamp)
    path.write_text(DARKTABLE.replace('Rating="1"', 'Rating="2"'))
    os.utime(path, ns=(1, stamp.modified_ns))
    assert sidecar_changed(path, stamp)
    path.unlink()
    assert sidecar_changed(path, stamp)


def test_an_old_sidecar_of_the_same_time_and_size_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xmp"
    path.write_text(DARKTABLE)
    os.utime(path, ns=(1, 10**18))
    stamp = read(path).stamp
    assert stamp.settled

    def refuse(_path: Path) -> None:
        raise AssertionError("read")

    monkeypatch.setattr(xmp_sidecar, "read_content", refuse)
    assert not sidecar_changed(path, stamp)


REFUSED = {
    "cut": (DARKTABLE[:400].encode(), "line 11"),
    "no xml": (b"\xff\x01Exiv2\xff\xe1", "not valid utf-8"),
    "control characters": (b"<a>\0\0\0</a>", "damaged XML"),
    "unbound prefix": (b"<x:xmpmeta/>", "unbound prefix"),
    "not XMP": (b"<svg/>", "no rdf:RDF"),
    "entities": (b'<!DOCTYPE a [<!ENTITY b "c">]>' + BARE.encode(), "document type"),
    "external": (b'<!DOCTYPE a SYSTEM "http://localhost/a.dtd">' + BARE.encode(), "document type"),
    "odd encoding": (b"<?xml version='1.0' encoding='x-klingon'?>" + BARE.encode(), "x-klingon"),
    "no text encoding": (b"<?xml version='1.0' encoding='base64'?>" + BARE.encode(), "base64"),
    "empty": (b"", "empty"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_damaged_is_refused_and_left_as_it_is(tmp_path: Path, name: str) -> None:
    content, reason = REFUSED[name]
    path = tmp_path / "IMG_1.xmp"
    path.write_bytes(content)
    with pytest.raises(SidecarError, match=r"IMG_1\.xmp: ") as refusal:
        read_sidecar(path)
    assert reason in str(refusal.value)
    with pytest.raises(SidecarError):
        write_sidecar(path, PICKED, seen=None)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder.xmp").mkdir()
    os.mkfifo(tmp_path / "pipe.xmp")
    for name in ("folder.xmp", "pipe.xmp", "x" * 300):
        with pytest.raises(SidecarError):
            read_sidecar(tmp_path / name)
    assert read_sidecar(tmp_path / "gone" / "a.xmp") is None
    monkeypatch.setattr(xmp_sidecar, "MAX_BYTES", 10)
    (tmp_path / "a.xmp").write_text(DARKTABLE)
    with pytest.raises(SidecarError, match="too large"):
        read_sidecar(tmp_path / "a.xmp")


@pytest.mark.parametrize(
    ("code", "reason"),
    [(28, "disk is full"), (30, "read-only"), (13, "permission"), (5, "Input/output error")],
)
def test_what_cannot_be_written_is_an_error_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    def fail(_path: Path, _content: bytes) -> None:
        raise OSError(code, os.strerror(code))

    path = tmp_path / "a.xmp"
    path.write_text(DARKTABLE)
    stamp = read(path).stamp
    monkeypatch.setattr(xmp_sidecar, "write_atomically", fail)
    with pytest.raises(SidecarError, match=reason):
        write_sidecar(path, PICKED, seen=stamp)
    assert path.read_text() == DARKTABLE


def test_a_change_beyond_our_properties_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.xmp"
    path.write_text(DARKTABLE)
    stamp = read(path).stamp
    monkeypatch.setattr(xmp_sidecar, "patch_document", lambda *_: DARKTABLE.replace('"exposure"', '"lost"'))
    with pytest.raises(SidecarError, match="safely"):
        write_sidecar(path, PICKED, seen=stamp)
    assert path.read_text() == DARKTABLE


WELL_FORMED_ALL_THE_SAME = {"malformed_exiv2-bug1112.xmp", "malformed_issue_1998.xmp"}
"""Sound XMP whose dates alone make no sense, which are none of our properties."""

NO_SIDECAR = {"exiv2_bug1108.xmp"}
"""Exiv2's own format with an XMP packet inside."""


def test_real_sidecars_make_the_round_trip(shared: Path, tmp_path: Path) -> None:
    refused: set[str] = set()
    sources = sorted((shared / "sidecars").glob("*.xmp"))
    for source in sources:
        path = tmp_path / source.name
        shutil.copyfile(source, path)
        content = source.read_bytes()
        try:
            read_sidecar(path)
        except SidecarError:
            refused.add(source.name)
            assert path.read_bytes() == content
            continue
        for marks in (PICKED, REJECTED, Marks(rating=5), NO_MARKS):
            publish(path, marks)
            assert skeleton(path.read_bytes()) == skeleton(content), source.name
            assert path.read_bytes()[:3] == content[:3]
    malformed = {source.name for source in sources if source.name.startswith("malformed")}
    assert refused == malformed - WELL_FORMED_ALL_THE_SAME | NO_SIDECAR


def test_exiftool_finds_everything_else_in_real_sidecars(shared: Path, tmp_path: Path) -> None:
    folder = shared / "sidecars"
    for name in (
        "adobe_bluesquare.xmp",
        "darktable_masks.xmp",
        "digikam_27A1417.CR2.xmp",
        "exiftool_XMP.xmp",
    ):
        shutil.copyfile(folder / name, tmp_path / name)
        publish(tmp_path / name, Marks(Flag.PICK, 5))
        before, after = exiftool(folder / name), exiftool(tmp_path / name)
        ours = {"XMP-xmp:Rating", "XMP-xmpDM:Pick", "XMP-xmpDM:Good", "XMP-digiKam:PickLabel"}
        assert after["XMP-xmp:Rating"] == 5
        assert after["XMP-xmpDM:Pick"] == 1
        for found in (before, after):
            for key in [*found]:
                if key in ours or key.startswith(("System:", "ExifTool:", "File:")) or key == "SourceFile":
                    del found[key]
        assert before == after
