"""Words in exports: what describes a photo goes along by policy, in every format, and nothing else."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, IptcImagePlugin

from editor.core.encode import EncodeSettings, FileFormat
from editor.core.export import export_content
from editor.core.export_policy import MetadataPolicy
from editor.core.export_settings import ExportItem, ExportSettings
from editor.core.export_xmp import LONGEST, export_xmp
from editor.core.iptc_words import properties_of_iptc
from editor.core.xmp_parser import XmpError
from editor.core.xmp_tree import named, read_properties, write_packet

PACKET = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 photoshop:City="Zürich" xmp:Rating="4" crs:Exposure2012="+1.00" exif:GPSLatitude="47,22N"
 xmpRights:Marked="True" xmpMM:DocumentID="xmp.did:1" dc:format="image/x-raw">
 <dc:subject><rdf:Bag><rdf:li>Lake &amp; boat</rdf:li><rdf:li>Dawn</rdf:li></rdf:Bag></dc:subject>
 <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Somebody</rdf:li></rdf:Alt></dc:rights>
 <ext:LocationCreated><rdf:Bag><rdf:li rdf:parseType="Resource"><exif:GPSLatitude>47,22N</exif:GPSLatitude>
 </rdf:li></rdf:Bag></ext:LocationCreated></rdf:Description></rdf:RDF></x:xmpmeta>"""
LOCATION = named("Iptc4xmpExt", "LocationCreated")
RIGHTS = {named("dc", "rights"), named("xmpRights", "Marked")}
WORDS = RIGHTS | {named("dc", "subject"), named("photoshop", "City"), named("xmp", "Rating")}
KINDS = [(each, 8) for each in FileFormat] + [(FileFormat.PNG, 16), (FileFormat.TIFF, 16)]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_1.jpg"
    Image.fromarray(np.full((40, 60, 3), 90, np.uint8)).save(path, xmp=PACKET.encode())
    return path


def names(packet: bytes | None) -> set[str]:
    return set() if packet is None else set(read_properties(packet.decode()))


@pytest.mark.parametrize(("kind", "bits"), KINDS)
def test_every_format_carries_the_words(photo: Path, tmp_path: Path, kind: FileFormat, bits: int) -> None:
    content = export_content(
        ExportItem(photo), ExportSettings(tmp_path, encoding=EncodeSettings(kind, 90, bits))
    )
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or image.getexif().get(700)
        assert image.size == (60, 40)
    packet = found.encode() if isinstance(found, str) else bytes(found or b"")
    assert names(packet) == WORDS
    assert b"Lake &amp; boat" in packet
    assert "Zürich".encode() in packet


def test_words_by_policy(photo: Path) -> None:
    assert names(export_xmp(photo, MetadataPolicy.ALL, keep_gps=False)) == WORDS
    assert names(export_xmp(photo, MetadataPolicy.ALL, keep_gps=True)) == WORDS | {LOCATION}
    assert names(export_xmp(photo, MetadataPolicy.COPYRIGHT, keep_gps=True)) == RIGHTS
    assert export_xmp(photo, MetadataPolicy.NONE, keep_gps=True) is None


def test_a_sidecar_speaks_before_the_photo(photo: Path) -> None:
    photo.with_suffix(".xmp").write_text(PACKET.replace("Zürich", "Bern").replace('xmp:Rating="4"', ""))
    packet = export_xmp(photo, MetadataPolicy.ALL, keep_gps=False)
    assert packet is not None
    found = read_properties(packet.decode())
    assert found[named("photoshop", "City")].text == "Bern"
    assert found[named("xmp", "Rating")].text == "4"


def test_the_older_form_becomes_the_newer() -> None:
    found = properties_of_iptc(
        {
            (2, 80): b"Ren\xe9",
            (2, 25): [b"one", b"two"],
            (2, 120): b"Caf\xc3\xa9\0",
            (2, 90): b"",
            (9, 9): b"x",
        }
    )
    assert {name.rpartition("}")[2]: list(each.itertext()) for name, each in found.items()} == {
        "creator": ["René"],
        "subject": ["one", "two"],
        "description": ["Café"],
    }


def test_iptc_in_a_photo_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    dataset = b"\x1c\x02\x74" + len(b"(c) Me").to_bytes(2, "big") + b"(c) Me"
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(dataset).to_bytes(4, "big") + dataset
    block += b"\0" * (len(dataset) % 2)
    segment = b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path, extra=segment)
    with Image.open(path) as image:
        assert IptcImagePlugin.getiptcinfo(image) == {(2, 116): b"(c) Me"}
    packet = export_xmp(path, MetadataPolicy.COPYRIGHT, keep_gps=False)
    assert names(packet) == {named("dc", "rights")}


@pytest.mark.parametrize(
    "content", [b"<broken", b"\xff\xfe\0", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"\0\0"]
)
def test_what_is_broken_counts_as_not_there(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path, xmp=content)
    path.with_suffix(".xmp").write_bytes(content)
    assert export_xmp(path, MetadataPolicy.ALL, keep_gps=True) is None


def test_too_many_words_leave_the_rights(photo: Path) -> None:
    photo.with_suffix(".xmp").write_text(PACKET.replace("Dawn", "x" * LONGEST))
    assert names(export_xmp(photo, MetadataPolicy.ALL, keep_gps=False)) == RIGHTS


def test_a_packet_reads_as_it_was_written() -> None:
    found = read_properties(PACKET)
    again = read_properties(write_packet(found.values()).decode())
    assert set(again) == set(found)
    with pytest.raises(XmpError):
        read_properties("")
