"""The one table of everything the user can set, in the order of the dialog; holds words and bounds only."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.settings_row import ChoiceRow, FileRow, PartRow, Row, SwitchRow, ValueRow, WholeRow

CONTEXT = "Settings"
LAST = "last"
"""Stands for: a new shoot begins as the last one was left."""


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Settings", text))


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate(CONTEXT, text) if text else ""


GROUPS = (
    ("look", _n("Look and culling")),
    ("quality", _n("Quality in new shoots")),
    ("sidecars", _n("Other programs (XMP)")),
    ("speed", _n("Speed and memory")),
    ("keys", _n("Keys")),
)
"""Groups in the order of the dialog."""

THEME = ChoiceRow(
    "theme", "look", "look/theme", _n("Theme"),
    _n("The surroundings of the photos: neutral greys, dark or light, or as the system has it"),
    (("dark", _n("Dark")), ("light", _n("Light")), ("system", _n("As the system"))),
)  # fmt: skip
MONITOR = FileRow(
    "monitor", "look", "look/monitor_profile", _n("Monitor profile"),
    _n("Photos are shown in the colours of your monitor, wide gamut included. Automatic asks the system "
       "and takes sRGB where it has no profile"),
    _n("Automatic"), _n("ICC profiles (*.icc *.icm)"),
)  # fmt: skip
AUTO_ADVANCE = SwitchRow(
    "auto_advance", "look", "culling/auto_advance", _n("Go on after a mark"),
    _n("A mark on one photo goes on to the next"),
)  # fmt: skip

START_THRESHOLDS = ChoiceRow(
    "start_thresholds", "quality", "quality/start", _n("Thresholds"),
    _n("How strict a shoot is judged that has no lines of its own; a line you move stays with its shoot"),
    ((LAST, _n("As I left them last")), ("gentle", _n("Gentle")), ("balanced", _n("Balanced")),
     ("strict", _n("Strict"))),
)  # fmt: skip

_START_MODES = (
    (LAST, _n("As I left it last")), ("off", _n("Off")), ("hint", _n("Hint")), ("auto", _n("Auto")),
    ("reject", _n("Reject")),
)  # fmt: skip
_MODE_TIP = _n("What this defect does in a shoot that has no modes of its own yet")
START_BLUR = ChoiceRow("start_blur", "quality", "quality/start_blur", _n("Blur"), _MODE_TIP, _START_MODES)
START_UNDER = ChoiceRow("start_under", "quality", "quality/start_under", _n("Under"), _MODE_TIP, _START_MODES)
START_OVER = ChoiceRow("start_over", "quality", "quality/start_over", _n("Over"), _MODE_TIP, _START_MODES)

PUBLISHING = ChoiceRow(
    "publishing", "sidecars", "sidecars/publishing", _n("Marks are published"),
    _n("Automatically: sidecars follow your marks a moment after each change, in every shoot you open. "
       "Advice is never written"),
    (("command", _n("On command")), ("automatic", _n("Automatically"))),
)  # fmt: skip
SIDECAR_NAMING = ChoiceRow(
    "sidecar_naming", "sidecars", "sidecars/naming", _n("New sidecars are called"),
    _n("A sidecar that exists already is updated under the name it has"),
    (("adobe", _n("IMG.xmp (Lightroom, Bridge)")), ("darktable", _n("IMG.CR3.xmp (darktable, digiKam)"))),
)  # fmt: skip
CRS_EDITS = SwitchRow(
    "crs_edits", "sidecars", "sidecars/crs_edits", _n("Crop and exposure are offered"),
    _n("Publishing writes them as Lightroom and Camera Raw do, only where they mean exactly the same there; "
       "other edits stay here"),
)  # fmt: skip
REJECT_RATING = ChoiceRow(
    "reject_rating", "sidecars", "sidecars/reject_rating", _n("A reject is written as rating −1"),
    _n("For darktable, Bridge and others that know a reject only by its rating; it takes the place of stars"),
    (("without_stars", _n("Where it has no stars")), ("always", _n("Always")), ("never", _n("Never"))),
)  # fmt: skip

DEVICE = ChoiceRow(
    "device", "speed", "speed/device", _n("The network runs on"),
    _n("Automatic takes an NVIDIA card where CUDA works, else the processor"),
    (("auto", _n("Automatic")), ("cpu", _n("Processor (CPU)")), ("cuda", _n("NVIDIA card (CUDA)"))),
    restart=True,
)  # fmt: skip
THREADS = WholeRow(
    "threads", "speed", "speed/threads", _n("Threads that judge"),
    _n("Automatic takes one for each core of the processor, at most eight"),
    0, 32, 0, lowest_text=_n("Automatic"), restart=True,
)  # fmt: skip
THUMBNAIL_MEMORY = WholeRow(
    "thumbnail_memory", "speed", "speed/thumbnail_mib", _n("Memory for thumbnails"),
    _n("With more, the grid of a large shoot waits less for the disk"),
    32, 8192, 256, _n("MiB"), step=32,
)  # fmt: skip
CACHE_LIMIT = WholeRow(
    "cache_limit", "speed", "speed/cache_mib", _n("Room for the cache on the disk"),
    _n("At each start the thumbnails that were not used for longest are deleted until the rest fits"),
    64, 1_048_576, 4096, _n("MiB"), step=256,
)  # fmt: skip
CACHE = PartRow(
    "cache", "speed", _n("The cache now"),
    _n("Thumbnails and scores; what is deleted is made again when a shoot is opened. Marks are not in it"),
)  # fmt: skip

KEY_PRESET = ChoiceRow(
    "key_preset", "keys", "keys/preset", _n("Keys as in"),
    _n("A preset changes the keys of actions that the other program has too; a key you set yourself wins"),
    (("framesift", _n("Framesift")), ("lightroom", _n("Lightroom Classic")), ("darktable", _n("darktable")),
     ("photo_mechanic", _n("Photo Mechanic"))),
)  # fmt: skip

SETTINGS: tuple[Row, ...] = (
    THEME, MONITOR, AUTO_ADVANCE,
    START_THRESHOLDS, START_BLUR, START_UNDER, START_OVER,
    PUBLISHING, SIDECAR_NAMING, REJECT_RATING, CRS_EDITS,
    DEVICE, THREADS, THUMBNAIL_MEMORY, CACHE_LIMIT, CACHE,
    KEY_PRESET,
)  # fmt: skip
"""Every setting; within a group in the order of the dialog."""

VALUE_ROWS: tuple[ValueRow, ...] = tuple(row for row in SETTINGS if not isinstance(row, PartRow))
"""Every setting that has a value."""
