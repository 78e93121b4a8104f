"""Makes a folder of damaged photos, seeded: cut, flipped, misnamed, boasting, looping and odd ones.

All from pictures that are drawn here; nothing is read from beside the checkout.
"""

import importlib.util
import io
import os
import random
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
CUT_EVERY = 1024
_PILLOW_KINDS = (("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP"), ("bmp", "BMP"), ("avif", "AVIF"))
_ENDINGS = ("jpg", "png", "tif", "webp", "bmp", "heic", "avif", "jxl", "cr2", "cr3", "nef", "raf", "dng")
_NO_PHOTOS = (b"\0", bytes(4096), b"\xff" * 4096, b"no photo at all\n" * 64, b"\xff\xd8\xff\xe0", b"II*\0")
_STEMS = (
    *("two\nlines", "tab\t", "\x1b[31mred", "'\"", "$(reboot)", "%s %d", "-rf", "a" * 200, " ", "été"),
    *("写真", "صورة", "फ़ोटो", "사진", "😀", "e\u0301", "\u202egpj", "a;b|c&d", "back\\slash"),
)


def load(path: Path) -> ModuleType:
    """A module of the tests by its file, since the tests are no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_faults(folder: Path, count: int, seed: int) -> tuple[int, int]:
    """Fills a new folder; half of what is no odd name and no odd entry are flipped and mixed bytes.

    Args:
        folder: Does not exist yet.
        count: How many entries, at least 1; from about 1,700 on every kind of damage is there in full.
        seed: The same gives the same files.

    Returns:
        How many entries there are, and how many of them are healthy photos under odd names.
    """
    folder.mkdir()
    dice = random.Random(seed)  # noqa: S311 (no secret)
    seeds = drawn_photos()
    healthy = _odd_names(folder, seeds)
    places = _odd_entries(folder)
    contents = [*chain(_cut(seeds), _misnamed(seeds), _no_photos(), _boasting(seeds), _bombs(), _loops())]
    room = max(0, count - healthy - places)
    dice.shuffle(contents)
    chosen = chain(contents[: max(1, room // 2)], _flipped(seeds, dice))
    written = 0
    for written, (ending, content) in enumerate(islice(chosen, room), start=1):
        (folder / f"{written:05}.{ending}").write_bytes(content)
    return healthy + places + written, healthy


def drawn_photos() -> dict[str, bytes]:
    """A whole photo of some 20 KiB in every format that can be written here, by its ending."""
    noise = np.random.default_rng(4).integers(0, 256, (96, 144, 3), np.uint8)
    smooth = cv2.GaussianBlur(noise, (0, 0), 1.0)
    image = Image.fromarray(smooth)
    found = {}
    for ending, kind in _PILLOW_KINDS:
        content, exif = io.BytesIO(), Image.Exif()
        exif[0x0112], exif[0x0110] = 6, "Camera"
        image.save(content, kind, quality=97, exif=exif)
        found[ending] = content.getvalue()
    progressive = io.BytesIO()
    image.convert("CMYK").save(progressive, "JPEG", quality=97, progressive=True)
    found["jpeg"] = progressive.getvalue()
    deep = smooth.astype(np.uint16) * np.uint16(257)
    found["tif"] = bytes(cv2.imencode(".tif", smooth)[1].tobytes())
    found["tiff"] = bytes(cv2.imencode(".tif", deep[:48])[1].tobytes())
    preview = io.BytesIO()
    image.save(preview, "JPEG", quality=90)
    make_dng = load(HERE.parent / "dng_file.py").make_dng
    found["dng"] = make_dng((deep // 16).astype(np.uint16), preview=preview.getvalue(), orientation=6)
    return found


def _cut(seeds: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every photo cut at every kilobyte."""
    for ending, content in seeds.items():
        for end in (1, 16, 200, *range(CUT_EVERY, len(content) - 64, CUT_EVERY)):
            yield ending, content[:end]


def _misnamed(seeds: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every photo, whole, under every ending that is not its own."""
    yield from (
        (other, content) for ending, content in seeds.items() for other in _ENDINGS if other != ending
    )


def _no_photos() -> Iterator[tuple[str, bytes]]:
    yield from ((ending, content) for ending in (*_ENDINGS, "gif", "tga") for content in _NO_PHOTOS)


def _flipped(seeds: dict[str, bytes], dice: random.Random) -> Iterator[tuple[str, bytes]]:
    """Without end: photos with wrong bytes, wrong numbers, holes, doubled and exchanged parts."""
    mutated = load(HERE / "fuzz_files.py").mutated
    kinds = sorted(seeds)
    while True:
        ending = dice.choice(kinds)
        yield ending, mutated(seeds[ending], seeds[dice.choice(kinds)], dice)


def _boasting(seeds: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Headers that claim far more pixels than there are."""
    for side in (15_000, 32_767, 65_535):
        size = struct.pack(">II", side, side)
        yield "png", _png(side, 2, 8, bytes(9))
        yield "avif", seeds["avif"].replace(struct.pack(">II", 144, 96), size)
        frame = struct.pack(">HBHHB", 17, 8, side, side, 3) + bytes((1, 17, 0, 2, 17, 0, 3, 17, 0))
        scan = b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0" + bytes(10)
        yield "jpg", b"\xff\xd8\xff\xc0" + frame + scan
        yield "bmp", seeds["bmp"][:18] + struct.pack("<ii", side, side) + seeds["bmp"][26:]
        entries = ((256, 4, 1, side), (257, 4, 1, side), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8))
        for ending in ("tif", "dng", "nef", "cr2"):
            yield ending, _directories(b"II*\0", [(entries, 0)]) + bytes(256)


def _bombs() -> Iterator[tuple[str, bytes]]:
    """A few hundred kilobytes that would unpack into gigabytes."""
    packed = zlib.compress(bytes(1 << 20), 9) * 300
    for depth, colour in ((16, 6), (8, 2)):
        yield "png", _png(16_000, colour, depth, packed)
    entries = (
        *((256, 4, 1, 15_000), (257, 4, 1, 15_000), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1)),
        *((273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, 15_000), (279, 4, 1, len(packed))),
    )
    yield "tif", _directories(b"II*\0", [(entries, 0)]).ljust(200, b"\0") + packed


def _loops() -> Iterator[tuple[str, bytes]]:
    """Directories that lead back to themselves or on for thousands, and boxes in boxes in boxes."""
    for ending in ("tif", "dng", "nef", "cr2", "arw", "rw2", "orf", "pef"):
        magic = {"rw2": b"IIU\0", "orf": b"IIRO"}.get(ending, b"II*\0")
        round_about = tuple((tag, 4, 1, 8) for tag in (330, 34665, 34853, 40965))
        yield ending, _directories(magic, [(round_about, 8)]) + bytes(4096)
        links = [(((330, 4, 1, at), (34665, 4, 1, at)), at) for at in range(38, 38 + 3000 * 30, 30)]
        yield ending, _directories(magic, links) + bytes(64)
    nested = b""
    for _ in range(2000):
        nested = _box(b"meta", bytes(4) + nested)
    for ending, brand in (("heic", b"heic"), ("avif", b"avif"), ("cr3", b"crx ")):
        start = _box(b"ftyp", brand + bytes(4) + brand)
        endless = struct.pack(">I4s", 0xFFFFFFFF, b"meta")
        for rest in (
            nested,
            _box(b"free", b"") * 5000,
            endless,
            struct.pack(">I4s", 1, b"meta") + b"\xff" * 8,
        ):
            yield ending, start + rest


def _odd_names(folder: Path, seeds: dict[str, bytes]) -> int:
    """Healthy photos under names of every kind."""
    kinds = ("jpg", "png", "dng", "avif")
    for number, stem in enumerate(_STEMS):
        ending = kinds[number % len(kinds)]
        (folder / f"{stem}.{ending}").write_bytes(seeds[ending])
    (folder / os.fsdecode(b"no text \xff.jpg")).write_bytes(seeds["jpg"])
    return len(_STEMS) + 1


def _odd_entries(folder: Path) -> int:
    """What is called like a photo and is none."""
    endings = ("jpg", "png", "tif", "heic", "avif", "dng", "cr3")
    for ending in endings:
        (folder / f"folder.{ending}").mkdir()
        (folder / f"dangling.{ending}").symlink_to(folder / "gone")
        (folder / f"circle.{ending}").symlink_to(folder / f"circle.{ending}")
        (folder / f"device.{ending}").symlink_to("/dev/zero")
        (folder / f"empty.{ending}").touch()
        (folder / f"locked.{ending}").write_bytes(b"\xff\xd8\xff")
        (folder / f"locked.{ending}").chmod(0)
        os.mkfifo(folder / f"pipe.{ending}")
    return 7 * len(endings)


def _directories(magic: bytes, found: Sequence[tuple[tuple[tuple[int, int, int, int], ...], int]]) -> bytes:
    """A little-endian TIFF of directories one behind the other, each with its entries and its follower."""
    content = magic + struct.pack("<I", 8)
    for entries, following in found:
        table = b"".join(struct.pack("<HHII", *entry) for entry in entries)
        content += struct.pack("<H", len(entries)) + table + struct.pack("<I", following)
    return content


def _png(side: int, colour: int, depth: int, packed: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content
