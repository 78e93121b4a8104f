"""Clearing the cache forgets scores and identities, and leaves everything else."""

from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.cache_service import IDENTITIES, SCORES, CacheService, CacheTask
from app.settings import Settings
from editor.core.identity_cache import IdentityCache
from editor.core.photo import PhotoIdentity
from quality.core.labels import PerDefect
from quality.core.score_cache import CachedScore, ScoreCache

WAIT_MS = 30_000


def test_clearing_forgets_scores_and_identities(qtbot: QtBot, tmp_path: Path) -> None:
    folder, photo = tmp_path / "cache", tmp_path / "IMG_1.jpg"
    photo.write_bytes(b"photo")
    identity = PhotoIdentity(5, "a")
    identities, scores = IdentityCache(folder / IDENTITIES), ScoreCache(folder / SCORES)
    identities.note(photo, identity, photo.stat())
    identities.close()
    scores.save(identity, "model", CachedScore(PerDefect(0.0, 0.0, 0.0), 4, 3))
    identities = IdentityCache(folder / IDENTITIES)
    assert identities.load([photo]) == {photo: identity}
    owner = QObject()
    service = CacheService(folder, Settings(tmp_path / "settings.ini"), owner)
    with qtbot.waitSignal(service.measured, timeout=WAIT_MS):
        service.start(CacheTask.CLEAR)
    service.close()
    assert identities.load([photo]) == {}
    assert scores.load(identity, "model") is None
    identities.note(photo, identity, photo.stat())  # whoever has the file open goes on with it
    identities.close()
    again = IdentityCache(folder / IDENTITIES)
    assert again.load([photo]) == {photo: identity}
    again.close()
    scores.close()
