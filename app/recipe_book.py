"""The recipes of every photo of a shoot and how the edited pictures are judged; no Qt, no files."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.core.recipe import NEUTRAL, Recipe
from quality.core.labels import PerDefect


@dataclass(frozen=True, slots=True)
class EditedScore:
    """How an edited picture is judged; kept apart from the score of its original.

    Attributes:
        recipe: What it was edited by.
        probabilities: One per defect, 0..1.
    """

    recipe: Recipe
    probabilities: PerDefect[float]


class RecipeBook:
    """One row per photo.

    Attributes:
        edited: Shape (photos,), true where a recipe changes the photo.
    """

    def __init__(self, count: int) -> None:
        self.edited: NDArray[np.bool_] = np.zeros(count, np.bool_)
        self._recipes: dict[int, Recipe] = {}
        self._scores: dict[int, EditedScore] = {}

    def recipe(self, row: int) -> Recipe:
        """The recipe of a photo, neutral where nobody edited it."""
        return self._recipes.get(row, NEUTRAL)

    def note(self, row: int, recipe: Recipe) -> None:
        """Replaces a recipe; a score of another recipe is forgotten."""
        self.edited[row] = not recipe.is_neutral
        if recipe == NEUTRAL:
            self._recipes.pop(row, None)
        else:
            self._recipes[row] = recipe
        score = self._scores.get(row)
        if score is not None and score.recipe != recipe:
            del self._scores[row]

    def note_score(self, row: int, score: EditedScore) -> bool:
        """Keeps how an edited picture is judged, if that is still the photo's recipe.

        Returns:
            Whether it was kept.
        """
        if score.recipe != self.recipe(row) or not self.edited[row]:
            return False
        self._scores[row] = score
        return True

    def edited_score(self, row: int) -> EditedScore | None:
        """How the edited picture is judged, with the recipe that says so; None where nothing does."""
        return self._scores.get(row)

    def score(self, row: int) -> PerDefect[float] | None:
        """How the edited picture is judged; None where it is not edited or not judged yet."""
        found = self._scores.get(row)
        return None if found is None else found.probabilities

    def shown(self, probabilities: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probabilities with those of edited pictures in place of their originals'.

        Args:
            probabilities: Of the originals, shape (photos, defects); not changed.
        """
        if not self._scores:
            return probabilities
        found = probabilities.copy()
        for row, score in self._scores.items():
            found[row] = tuple(score.probabilities)
        return found

    @property
    def rows(self) -> frozenset[int]:
        """Rows of photos that have a recipe, also one that changes nothing."""
        return frozenset(self._recipes)

    @property
    def count(self) -> int:
        """How many photos are edited."""
        return int(self.edited.sum())
