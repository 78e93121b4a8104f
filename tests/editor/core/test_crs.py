"""Crop and exposure of Camera Raw: the same rectangle both ways, and nothing where it is not exact."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from editor.core.crop import Crop
from editor.core.crs_crop import CrsCrop, crop_from_crs, crop_to_crs
from editor.core.crs_edits import CrsOffer, edits_from_crs, edits_to_crs
from editor.core.crs_names import Crs
from editor.core.crs_sidecar import plan_crs_edits, read_crs_edits, write_crs_edits
from editor.core.exposure import Exposure
from editor.core.frame import make_frame
from editor.core.recipe import NEUTRAL, Recipe
from editor.core.xmp_encoding import decode_xml
from editor.core.xmp_errors import SidecarError
from editor.core.xmp_rest import rest_of

SIZE = (3000, 2000)
ORIENTATIONS = st.integers(1, 8)
CUT = {
    Crs.HAS_CROP: "True",
    Crs.CROP_LEFT: "0.1",
    Crs.CROP_TOP: "0.2",
    Crs.CROP_RIGHT: "0.7",
    Crs.CROP_BOTTOM: "0.9",
    Crs.CROP_ANGLE: "0",
}


def test_a_crop_without_an_angle_keeps_its_edges() -> None:
    assert edits_from_crs(CUT, SIZE, 1).crop == Crop(0.1, 0.2, 0.7, 0.9)


@pytest.mark.parametrize(
    ("orientation", "expected"),
    [
        (2, Crop(0.3, 0.2, 0.9, 0.9)),
        (3, Crop(0.3, 0.1, 0.9, 0.8)),
        (4, Crop(0.1, 0.1, 0.7, 0.8)),
        (5, Crop(0.2, 0.1, 0.9, 0.7)),
        (6, Crop(0.1, 0.1, 0.8, 0.7)),
        (7, Crop(0.1, 0.3, 0.8, 0.9)),
        (8, Crop(0.2, 0.3, 0.9, 0.9)),
    ],
)
def test_the_edges_are_those_of_the_stored_photo(orientation: int, expected: Crop) -> None:
    found = edits_from_crs(CUT, SIZE, orientation).crop
    assert found is not None
    assert [getattr(found, name) for name in ("left", "top", "right", "bottom")] == pytest.approx(
        [getattr(expected, name) for name in ("left", "top", "right", "bottom")], abs=1e-6
    )


def test_a_published_example_of_an_angle() -> None:
    """A cut of half the sides about (0.65, 0.55) of a 3:2 photo, then turned by ten degrees."""
    turned = CrsCrop(left=0.374965, top=0.36916, right=0.925035, bottom=0.73084, angle=-10)
    size = (4288, 2848)  # the camera of the example
    crop = crop_from_crs(turned, size, 1)
    assert crop is not None
    assert crop.angle == 10
    assert (crop.right - crop.left, crop.bottom - crop.top) == pytest.approx((0.5, 0.5), abs=2e-4)
    frame = make_frame(crop, size, None)
    middle = frame.to_photo() @ [frame.width / 2, frame.height / 2, 1]
    assert middle / size == pytest.approx([0.65, 0.55], abs=1e-3)


@st.composite
def crops(draw: st.DrawFn) -> Crop:
    left, right, top, bottom = (draw(st.integers(0, 1000)) / 1000 for _ in range(4))
    assume(abs(left - right) > 0.02 and abs(top - bottom) > 0.02)
    angle = draw(st.just(0.0) | st.floats(-45, 45))
    return Crop(min(left, right), min(top, bottom), max(left, right), max(top, bottom), round(angle, 3))


@settings(deadline=None)
@given(crops(), ORIENTATIONS, st.sampled_from([(3000, 2000), (2000, 3000), (1000, 1000), (4000, 900)]))
def test_a_crop_comes_back_as_it_is_rendered(crop: Crop, orientation: int, size: tuple[int, int]) -> None:
    written = crop_to_crs(crop, size, orientation)
    assume(written is not None)
    assert written is not None
    back = crop_from_crs(written, size, orientation)
    assert back is not None
    assert back.angle == pytest.approx(crop.angle, abs=1e-9)
    one, other = make_frame(crop, size, None), make_frame(back, size, None)
    for name in ("left", "top", "cut_width", "cut_height"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=1.01)


@pytest.mark.parametrize(
    "crop", [Crop(quarter_turns=1), Crop(mirrored=True), Crop(left=0.2, quarter_turns=2)]
)
def test_turned_and_mirrored_crops_are_left_out(crop: Crop) -> None:
    assert edits_to_crs(Recipe(crop=crop), {}, SIZE, 1) == CrsOffer({}, left_out=("crop",))


@pytest.mark.parametrize(
    "beside",
    [
        {Crs.LENS_PROFILE: "1"},
        {Crs.VERTICAL: "-12"},
        {Crs.SCALE: "110"},
        {Crs.ORIENTATION: "6"},
        {Crs.CROP_LEFT: "0.8"},
        {Crs.CROP_LEFT: "nonsense"},
        {Crs.CROP_ANGLE: "60"},
        {Crs.CROP_ANGLE: "nan"},
        {Crs.CROP_LEFT: "0", Crs.CROP_TOP: "0", Crs.CROP_ANGLE: "20", Crs.CROP_RIGHT: "0.01"},
    ],
)
def test_what_is_not_exactly_a_crop_of_ours_is_left_out(beside: dict[Crs, str]) -> None:
    found = edits_from_crs(CUT | beside, SIZE, 1)
    assert (found.crop, found.left_out) == (None, ("crop",))


@pytest.mark.parametrize("beside", [{Crs.ALREADY_APPLIED: "True"}, {Crs.HAS_SETTINGS: "False"}])
def test_edits_that_are_in_the_pixels_already_are_not_read(beside: dict[Crs, str]) -> None:
    found = edits_from_crs(CUT | {Crs.EXPOSURE: "+1.00"} | beside, SIZE, 1)
    assert (found.crop, found.exposure, found.left_out) == (None, None, ())


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({Crs.EXPOSURE: "+1.25"}, 1.25),
        ({Crs.EXPOSURE: "-0.30", Crs.PROCESS_VERSION: "11.0"}, -0.3),
        ({Crs.EXPOSURE: "0.00"}, 0.0),
        ({Crs.EXPOSURE: "+1.00", Crs.PROCESS_VERSION: "5.7"}, None),
        ({Crs.EXPOSURE: "+1.00", Crs.AUTO_EXPOSURE: "True"}, None),
        ({Crs.EXPOSURE: "+9"}, None),
        ({Crs.EXPOSURE: "bright"}, None),
    ],
)
def test_exposure_is_read_where_it_means_stops(values: dict[Crs, str], expected: float | None) -> None:
    found = edits_from_crs(values, SIZE, 1)
    assert found.exposure == (None if expected is None else Exposure(expected))
    assert found.left_out == (("exposure",) if expected is None else ())


@settings(deadline=None)
@given(st.floats(-8, 8))
def test_exposure_comes_back_or_is_left_out(ev: float) -> None:
    offer = edits_to_crs(Recipe(exposure=Exposure(ev)), {}, SIZE, 1)
    wanted, left_out = offer.wanted, offer.left_out
    values = {prop: value for prop, value in wanted.items() if value is not None}
    if left_out:
        assert abs(ev) > 5
    else:
        back = edits_from_crs(values, SIZE, 1).applied(NEUTRAL)
        assert back.exposure.ev == pytest.approx(ev, abs=1e-6)


def _text(content: bytes) -> str:
    return decode_xml(content).text


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    path = tmp_path / "IMG_1.jpg"
    Image.fromarray(np.zeros((200, 300, 3), np.uint8)).save(path, exif=exif)
    return path


def test_a_sidecar_is_made_patched_and_read_back(photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    before = photo.read_bytes()
    assert write_crs_edits(sidecar, photo, NEUTRAL).offer.left_out == ()
    assert not sidecar.exists()
    recipe = Recipe(crop=Crop(0.1, 0.2, 0.6, 0.9, 4.0), exposure=Exposure(0.75))
    assert write_crs_edits(sidecar, photo, recipe).offer.shown == ("crop", "exposure")
    found = read_crs_edits(sidecar, photo)
    assert found.exposure == recipe.exposure
    assert found.crop is not None
    frames = [make_frame(crop, (200, 300), None) for crop in (recipe.crop, found.crop)]
    assert abs(frames[0].left - frames[1].left) < 1.01
    assert 'crs:Exposure2012="+0.75"' in sidecar.read_text()
    assert write_crs_edits(sidecar, photo, NEUTRAL).offer.left_out == ()
    again = read_crs_edits(sidecar, photo)
    assert (again.crop, again.exposure) == (None, Exposure(0.0))
    assert photo.read_bytes() == before


def test_all_else_in_a_sidecar_stays(photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    old = """<?xml version="1.0"?><!-- kept --><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 crs:Contrast2012="+20" crs:HasCrop='False' xmp:Rating="3"><crs:ProcessVersion>11.0</crs:ProcessVersion>
 <crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve></rdf:Description>
 </rdf:RDF></x:xmpmeta>"""
    sidecar.write_text(old)
    recipe = Recipe(crop=Crop(right=0.5), exposure=Exposure(-1))
    assert write_crs_edits(sidecar, photo, recipe).offer.shown == ("crop", "exposure")
    new = sidecar.read_text()
    for kept in (
        "<!-- kept -->",
        'crs:Contrast2012="+20"',
        'xmp:Rating="3"',
        "<rdf:li>0, 0</rdf:li>",
        ">11.0<",
    ):
        assert kept in new
    assert read_crs_edits(sidecar, photo).crop == Crop(right=0.5)


def test_a_damaged_sidecar_is_refused_and_stays(photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    sidecar.write_bytes(b"<x:xmpmeta")
    for work in (
        lambda: read_crs_edits(sidecar, photo),
        lambda: write_crs_edits(sidecar, photo, Recipe(exposure=Exposure(1))),
    ):
        with pytest.raises(SidecarError):
            work()
    assert sidecar.read_bytes() == b"<x:xmpmeta"


def test_real_sidecars_are_patched_without_losing_a_word(shared: Path, photo: Path, tmp_path: Path) -> None:
    recipe = Recipe(crop=Crop(left=0.25), exposure=Exposure(0.5))
    patched = 0
    for original in sorted((shared / "sidecars").glob("*.xmp")):
        sidecar = tmp_path / "copy.xmp"
        sidecar.write_bytes(original.read_bytes())
        try:
            left_out = write_crs_edits(sidecar, photo, recipe).offer.left_out
        except SidecarError:
            assert sidecar.read_bytes() == original.read_bytes(), original.name
            continue
        found = read_crs_edits(sidecar, photo)
        assert left_out or (found.crop, found.exposure) == (recipe.crop, recipe.exposure), original.name
        with_ours = rest_of(_text(sidecar.read_bytes()), {})
        assert len(with_ours) >= len(rest_of(_text(original.read_bytes()), {}))
        patched += 1
    assert patched >= 10


FOREIGN = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" crs:ProcessVersion="11.0"
 crs:Exposure2012="+0.30"/></rdf:RDF></x:xmpmeta>"""


def test_what_another_program_says_stays_unless_it_is_to_be_replaced(photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    sidecar.write_text(FOREIGN)
    recipe = Recipe(crop=Crop(right=0.5), exposure=Exposure(1.0))
    assert plan_crs_edits(sidecar, photo, recipe, {}).foreign == ("exposure",)
    assert sidecar.read_text() == FOREIGN
    made = write_crs_edits(sidecar, photo, recipe, {})
    assert (made.offer.shown, made.offer.foreign) == (("crop",), ("exposure",))
    assert Crs.EXPOSURE not in made.said
    found = read_crs_edits(sidecar, photo)
    assert (found.crop, found.exposure) == (recipe.crop, Exposure(0.3))
    replaced = write_crs_edits(sidecar, photo, recipe)
    assert replaced.offer.shown == ("crop", "exposure")
    assert read_crs_edits(sidecar, photo).exposure == Exposure(1.0)


def test_what_we_wrote_ourselves_is_ours_until_somebody_changes_it(photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    said = write_crs_edits(sidecar, photo, Recipe(exposure=Exposure(1.0)), {}).said
    assert said[Crs.EXPOSURE] == "+1.00"
    again = write_crs_edits(sidecar, photo, Recipe(exposure=Exposure(1.5)), said)
    assert again.offer.shown == ("exposure",)
    sidecar.write_text(sidecar.read_text().replace("+1.50", "-0.40"))
    changed = write_crs_edits(sidecar, photo, Recipe(exposure=Exposure(2.0)), again.said)
    assert (changed.offer.shown, changed.offer.foreign) == ((), ("exposure",))
    assert read_crs_edits(sidecar, photo).exposure == Exposure(-0.4)
    # Even a reset leaves alone what is not ours.
    assert write_crs_edits(sidecar, photo, NEUTRAL, again.said).offer.foreign == ("exposure",)
    assert read_crs_edits(sidecar, photo).exposure == Exposure(-0.4)


def test_the_same_edit_of_both_is_shown_and_changes_nothing(photo: Path) -> None:
    sidecar = photo.with_suffix(".xmp")
    sidecar.write_text(FOREIGN)
    made = write_crs_edits(sidecar, photo, Recipe(exposure=Exposure(0.3)), {})
    assert (made.offer.shown, made.offer.foreign) == (("exposure",), ())
    assert sidecar.read_text() == FOREIGN
