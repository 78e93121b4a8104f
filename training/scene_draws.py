"""Draws the good frame that a training picture is made of: one scene, or a new one out of two."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.config import SampleMix
from training.frames import random_frame
from training.hard_scenes import scene_chances
from training.photos import PictureStore, SourcePhoto
from training.scene_variety import on_empty_ground, parting, recolour

Bytes = NDArray[np.uint8]

_ALIKE = {"night": ("night", "lowkey"), "lowkey": ("night", "lowkey"), "highkey": ("highkey",)}
_ALIKE_SHARE = 0.5
"""How often a scene dark or bright on purpose is put beside another such scene."""


class SceneDraws:
    """The scenes of the training part, each drawn with its own chance."""

    def __init__(
        self,
        photos: Sequence[SourcePhoto],
        store: PictureStore,
        mix: SampleMix,
        hardness: NDArray[np.float64] | None = None,
    ) -> None:
        """Nothing is decoded yet.

        Args:
            photos: Pristine scenes.
            store: Their pixels.
            mix: How often what is drawn.
            hardness: Of each scene, see `scene_hardness`; None where nobody looked.
        """
        self._photos = photos
        self._store = store
        self._mix = mix
        self._chances = scene_chances(photos, mix, hardness)
        naturals = np.array([photo.natural for photo in photos])
        alike = {kind: self._chances * np.isin(naturals, _ALIKE[kind]) for kind in set(naturals) - {""}}
        self._alike_chances = {kind: chances / chances.sum() for kind, chances in alike.items()}

    def draw(self, rows: int, columns: int, random: np.random.Generator) -> tuple[Bytes, str]:
        """A frame of this size, and whether it is ``night``, ``lowkey``, ``highkey`` or none of them.

        A network that has seen a scene often knows it by heart, but of the pairs of scenes it sees hardly one
        twice. Unlike the two parts of CutMix (Yun et al. 2019), both get the same defect afterwards.

        Raises:
            PhotoError: If a photo can't be decoded.
        """
        mix = self._mix
        photo = self._photo(random, self._chances)
        natural = photo.natural
        if mix.montage and random.random() < mix.montage:
            beside = self._beside(photo, random)
            natural = natural or beside.natural
            cut = parting(rows, columns, random)
            parts = (self._frame(photo, cut.first, random), self._frame(beside, cut.second, random))
            frame = np.concatenate(parts, axis=cut.axis)
        else:
            frame = self._frame(photo, (rows, columns), random)
        if mix.recolour and random.random() < mix.recolour:
            frame = recolour(frame, random)
        if mix.empty_ground and random.random() < mix.empty_ground:
            frame = on_empty_ground(frame, random)
        return frame, natural

    def _beside(self, photo: SourcePhoto, random: np.random.Generator) -> SourcePhoto:
        if not photo.natural or random.random() >= _ALIKE_SHARE:
            return self._photo(random, self._chances)
        return self._photo(random, self._alike_chances[photo.natural])

    def _photo(self, random: np.random.Generator, chances: NDArray[np.float64]) -> SourcePhoto:
        return self._photos[int(random.choice(len(self._photos), p=chances))]

    def _frame(self, photo: SourcePhoto, size: tuple[int, int], random: np.random.Generator) -> Bytes:
        return random_frame(self._store[photo], *size, self._mix.native_crop, random)
