"""Settings: defaults, round trips, and nonsense in the file counts as the default."""

from pathlib import Path

from app.settings import MEBIBYTE, Settings
from quality.core.thresholds import Mode, Modes, Thresholds, default_modes


def test_defaults(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "new" / "f.ini")
    assert settings.theme == "dark"
    assert settings.thumbnail_side == 184
    assert settings.thumbnail_bytes == 256 * MEBIBYTE
    assert settings.geometry.isEmpty()
    assert settings.recent_folders == []
    assert settings.thresholds is None
    assert settings.modes == default_modes()


def test_what_is_saved_comes_back_exactly(tmp_path: Path) -> None:
    lines, modes = Thresholds(0.1, 1 / 3, 0.987654321), Modes(Mode.OFF, Mode.HINT, Mode.REJECT)
    settings = Settings(tmp_path / "f.ini")
    settings.theme, settings.thumbnail_side = "light", 200
    settings.thresholds, settings.modes = lines, modes
    settings.add_recent_folder(Path("/shoots/Größe, 100 %"))
    settings.save()
    again = Settings(tmp_path / "f.ini")
    assert (again.theme, again.thumbnail_side, again.thresholds, again.modes) == ("light", 200, lines, modes)
    assert again.recent_folders == [Path("/shoots/Größe, 100 %")]
    again.thresholds = None
    assert again.thresholds is None


def test_recent_folders_are_few_and_the_newest_is_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "f.ini")
    for number in range(15):
        settings.add_recent_folder(Path(f"/{number}"))
    settings.add_recent_folder(Path("/9"))
    assert settings.recent_folders[:2] == [Path("/9"), Path("/14")]
    assert len(settings.recent_folders) == 10


def test_nonsense_counts_as_the_default(tmp_path: Path) -> None:
    file = tmp_path / "f.ini"
    file.write_text(
        "[look]\ntheme=pink\nthumbnail_side=many\n[shoot]\nrecent={\n"
        "[quality]\nblur_threshold=nan\nunder_threshold=1\nover_threshold=2\nblur_mode=maybe\n"
        "[speed]\nthumbnail_mib=1\n[window]\ngeometry=7\n",
        encoding="utf-8",
    )
    settings = Settings(file)
    assert settings.theme == "dark"
    assert settings.thumbnail_side == 184
    assert settings.recent_folders == []
    assert settings.thresholds is None
    assert settings.modes == default_modes()
    assert settings.thumbnail_bytes == 32 * MEBIBYTE
    assert settings.geometry.isEmpty()
