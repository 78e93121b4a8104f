"""What the keys and menus of the editor do: slots of the actions table; owns no part of the editor."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction

from app.edit_commands import EditCommands
from app.live_edit import LiveEdit
from editor.panel.edit_view import Side
from editor.panel.editor_panel import EditorPanel
from editor.panel.render_request import Tool


class EditSlots(QObject):
    """The subclass owns the parts; what the hands still hold always comes first.

    Attributes:
        live: The photo that is edited now.
        commands: What is done with whole recipes.
        panel: The sliders.
    """

    live: LiveEdit
    commands: EditCommands
    panel: EditorPanel

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}

    @property
    def open(self) -> bool:
        """Whether the editor is on show; the subclass knows."""
        raise NotImplementedError

    @Slot()
    def show(self) -> None:
        """Opens the editor; the subclass knows how."""
        raise NotImplementedError

    @Slot(bool)
    def switch_before(self, on: bool) -> None:
        """Shows the photo before its edits, or after."""
        self._set_side(Side.BEFORE if on else Side.AFTER)

    @Slot(bool)
    def switch_split(self, on: bool) -> None:
        """Shows before and after side by side, or after alone."""
        self._set_side(Side.SPLIT if on else Side.AFTER)

    @Slot(bool)
    def switch_crop(self, on: bool) -> None:
        """Opens or closes the crop overlay."""
        if not self.open:
            self.show()
        self.live.set_cropping(on)

    @Slot()
    def turn(self) -> None:
        """Turns or flips; the action that sends names how."""
        action = self.sender()
        if isinstance(action, QAction):
            if not self.open:
                self.show()
            self.panel.crop.turn(str(action.data()))

    @Slot()
    def auto_exposure(self) -> None:
        """Sets a middle exposure."""
        self._tool(Tool.AUTO_EXPOSURE)

    @Slot()
    def auto_levels(self) -> None:
        """Fills the histogram."""
        self._tool(Tool.AUTO_LEVELS)

    @Slot()
    def recover(self) -> None:
        """See `EditCommands`; what the hands still hold comes first."""
        self.live.finish_draft()
        self.commands.recover()

    @Slot()
    def recover_series(self) -> None:
        """See `EditCommands`."""
        self.live.finish_draft()
        self.commands.recover_series()

    @Slot()
    def copy(self) -> None:
        """See `EditCommands`."""
        self.live.finish_draft()
        self.commands.copy()

    @Slot()
    def paste(self) -> None:
        """See `EditCommands`."""
        self.live.finish_draft()
        self.commands.paste()

    @Slot()
    def sync(self) -> None:
        """See `EditCommands`."""
        self.live.finish_draft()
        self.commands.sync()

    @Slot()
    def reset(self) -> None:
        """See `EditCommands`."""
        self.live.finish_draft()
        self.commands.reset()

    @Slot()
    def save_preset(self) -> None:
        """See `EditCommands`."""
        self.live.finish_draft()
        self.commands.save_preset()

    def _set_side(self, side: Side) -> None:
        if not self.open:
            self.show()
        self.live.set_side(side)
        self._check("before", side is Side.BEFORE)
        self._check("split", side is Side.SPLIT)

    def _tool(self, tool: Tool) -> None:
        if not self.open:
            self.show()
        self.live.use_tool(tool)

    def _check(self, name: str, on: bool) -> None:
        if name in self._actions:
            self._actions[name].setChecked(on)
