"""Keeps scores and thumbnails of edited photos in step with their recipes, in grid, loupe and panel."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.edited_service import EditedService
from app.edited_work import EditedAnswer, EditedRequest
from app.loupe import Loupe
from app.photo_area import PhotoArea
from app.photo_list_model import PhotoListModel
from app.recipe_book import EditedScore
from app.recipes import Recipes, RecipesByPath
from app.shoot_session import ShootSession
from app.thumbnail_store import ThumbnailStore
from editor.core.recipe import Recipe
from quality.core.inference import QualityModel


class EditedPhotos(QObject):
    """Lives in the GUI thread; `judged` comes when badges may have changed."""

    judged = Signal()
    score_arrived = Signal(object, object)

    def __init__(
        self,
        session: ShootSession,
        photos: PhotoListModel,
        thumbnails: ThumbnailStore,
        area: PhotoArea,
        recipes: Recipes,
        parent: QObject,
    ) -> None:
        """Connects it.

        Args:
            session: Says when a shoot or the model is opened, and which edited thumbnails are missed.
            photos: Gets the scores of edited pictures.
            thumbnails: Gets their thumbnails.
            area: Its loupes show edited pictures.
            recipes: Where edits are made.
            parent: The object that owns it.
        """
        super().__init__(parent)
        self._session, self._photos, self._thumbnails = session, photos, thumbnails
        self._area, self._recipes = area, recipes
        self.service = EditedService(session.thumbnail_cache, self)
        self._passing: dict[Path, EditedScore] = {}
        for loupe in self._loupes():
            loupe.recipe_of = recipes.recipe
        self.service.arrived.connect(self._take)
        session.folder_opened.connect(self._begin)
        session.model_opened.connect(self._model_opened)
        session.edited_missed.connect(self._missed)
        recipes.changed.connect(self._changed)

    def score(self, path: Path, recipe: Recipe) -> EditedScore | None:
        """How a picture is judged under a recipe, where that is known."""
        found = self._passing.get(path)
        if found is not None and found.recipe == recipe:
            return found
        row = self._photos.shoot.row_of(path)
        known = None if row is None else self._photos.shoot.recipes.score(row)
        same = row is not None and self._photos.shoot.recipes.recipe(row) == recipe
        return EditedScore(recipe, known) if known is not None and same else None

    def judge_draft(self, path: Path, recipe: Recipe) -> None:
        """Judges what a slider stands at, before it is the photo's recipe."""
        if not recipe.is_neutral and self.score(path, recipe) is None:
            keep = recipe == self._recipes.recipe(path)
            self.service.want(EditedRequest(path, recipe, keep), first=True)

    @Slot(list)
    def follow(self, recipes: RecipesByPath) -> None:
        """Recipes came from the store: their photos are judged and shown as edited."""
        self._ask((path for path, recipe in recipes if not recipe.is_neutral), first=False)
        self._refresh_views({path for path, _ in recipes})

    def close(self) -> None:
        """Stops the thread."""
        self.service.close()

    @Slot()
    def _begin(self) -> None:
        self.service.begin()
        self._passing.clear()

    @Slot(object)
    def _model_opened(self, model: QualityModel) -> None:
        self.service.set_model(model, self._session.judging.score_cache)
        shoot = self._photos.shoot
        self._ask((shoot.photos[row] for row in shoot.recipes.edited.nonzero()[0]), first=False)

    @Slot(list)
    def _missed(self, paths: list[Path]) -> None:
        self._ask(paths, first=True)

    @Slot(list)
    def _changed(self, recipes: RecipesByPath) -> None:
        """Edits were made or taken back."""
        plain = [path for path, recipe in recipes if recipe.is_neutral]
        for path in plain:
            self.service.forget(path)
            self._thumbnails.forget(path)
        for path, recipe in recipes:
            score = self._passing.get(path)
            if score is not None and score.recipe == recipe:
                self._photos.take_edited_score(path, score)
        self._ask((path for path, recipe in recipes if not recipe.is_neutral), first=len(recipes) == 1)
        self._refresh_views({path for path, _ in recipes})
        if plain:
            self._area.grid.announce_visible()
        self.judged.emit()

    def _ask(self, paths: Iterable[Path], *, first: bool) -> None:
        for path in paths:
            self.service.want(EditedRequest(path, self._recipes.recipe(path)), first=first)

    def _refresh_views(self, paths: set[Path]) -> None:
        for loupe in self._loupes():
            if loupe.path in paths:
                loupe.refresh()

    def _loupes(self) -> list[Loupe]:
        return [self._area.loupe, *(pane.loupe for pane in self._area.compare.panes)]

    @Slot(object)
    def _take(self, answer: EditedAnswer) -> None:
        path, recipe, score = answer.request.path, answer.request.recipe, answer.score
        if score is not None:
            self._passing[path] = score
            self.score_arrived.emit(path, score)
        if recipe != self._recipes.recipe(path):
            return
        if self._thumbnails.put(path, answer.thumbnail):
            self._photos.note_thumbnails([path])
        if score is not None and self._photos.take_edited_score(path, score):
            self.judged.emit()
