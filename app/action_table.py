"""The one table of everything the user can do, in the order of the menus; holds words and keys only."""

from PySide6.QtCore import QT_TRANSLATE_NOOP

from app.action_row import ActionRow as Row
from app.edit_actions import ADJUST, BEFORE_VIEWS, EDIT_VIEW, EXPORT


def _n(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Actions", text))


MENUS = (
    ("shoot", _n("&Shoot")),
    ("edit", _n("&Edit")),
    ("photo", _n("&Photo")),
    ("adjust", _n("&Adjust")),
    ("view", _n("&View")),
    ("judging", _n("&Judging")),
    ("help", _n("&Help")),
)
"""Menus in the order of the menu bar."""

_SHOOT = (
    Row("open", "shoot", _n("&Open a shoot…"), _n("Open a folder of photos"), "ask_for_folder",
        ("Ctrl+O",), "open"),
    Row("read_again", "shoot", _n("Read the folder a&gain"),
        _n("Show photos that other programs added, and no longer those that are gone; all else stays"),
        "reading.read", ("F5",), needs_shoot=True),
    EXPORT,
    Row("publish", "shoot", _n("&Publish marks…"),
        _n("Write picks, rejects, stars and labels where other programs read them (XMP sidecars)"),
        "publishing.prepare", ("Ctrl+Shift+S",), needs_shoot=True, rule_before=True),
    Row("copy_picks", "shoot", _n("&Copy or move picks…"),
        _n("Copy or move the picks to a folder, with sidecars, under names of your choice"),
        "copying.prepare", ("Ctrl+Shift+C",), needs_shoot=True),
    Row("clocks", "shoot", _n("Camera cloc&ks…"),
        _n("Say by how much a camera's clock was wrong, so that several cameras sort together"),
        "ask_for_clocks", needs_shoot=True),
    Row("review_rejects", "shoot", _n("&Review of rejects…"),
        _n("See exactly which files would be moved to _rejected or the bin, then move them"),
        "rejects.review", ("Ctrl+Backspace",), needs_shoot=True, rule_before=True),
    Row("bring_back", "shoot", _n("&Bring rejects back"),
        _n("Bring the rejects that were moved last back to where they were"), "rejects.bring_back",
        needs_shoot=True),
    Row("quit", "shoot", _n("&Quit"), _n("Close Framesift"), "close", ("Ctrl+Q",), rule_before=True),
)  # fmt: skip

_EDIT = (
    Row("undo", "edit", _n("&Undo"), _n("Take the last step back"), "culling.undo", ("Ctrl+Z",), "undo"),
    Row("redo", "edit", _n("&Redo"), _n("Do again what was taken back"), "culling.redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Row("select_all", "edit", _n("Select &all"), _n("Select every photo that is shown"), "culling.select_all",
        ("Ctrl+A",), needs_shoot=True, rule_before=True),
    Row("select_one", "edit", _n("Select &only this"), _n("Select the photo in focus and no other"),
        "culling.select_one", ("Ctrl+D",), needs_shoot=True),
    Row("settings", "edit", _n("&Settings…"), _n("All that can be set, keys included"), "show_settings",
        ("Ctrl+,",), rule_before=True),
)  # fmt: skip

_PHOTO = (
    Row("pick", "photo", _n("&Pick"), _n("Mark the selected photos as picks"), "culling.flag",
        ("P",), "pick", needs_shoot=True, value="pick"),
    Row("reject", "photo", _n("&Reject"), _n("Mark the selected photos as rejects; no file is touched"),
        "culling.flag", ("X",), "reject", needs_shoot=True, value="reject"),
    Row("reject_for", "photo", _n("Reject &because of…"),
        _n("Reject the selected photos and say for which defect: a label to train on"),
        "culling.name_defect", ("Alt+X",), needs_shoot=True),
    Row("clear_flag", "photo", _n("&Clear pick or reject"), _n("Make the selected photos undecided again"),
        "culling.flag", ("U",), needs_shoot=True, value="unflagged"),
    Row("stars_0", "photo", _n("No stars"), _n("Take the stars away"), "culling.rate",
        ("0",), needs_shoot=True, value="0", rule_before=True),
    Row("stars_1", "photo", _n("1 star"), _n("Give one star"), "culling.rate",
        ("1",), needs_shoot=True, value="1"),
    Row("stars_2", "photo", _n("2 stars"), _n("Give two stars"), "culling.rate",
        ("2",), needs_shoot=True, value="2"),
    Row("stars_3", "photo", _n("3 stars"), _n("Give three stars"), "culling.rate",
        ("3",), needs_shoot=True, value="3"),
    Row("stars_4", "photo", _n("4 stars"), _n("Give four stars"), "culling.rate",
        ("4",), needs_shoot=True, value="4"),
    Row("stars_5", "photo", _n("5 stars"), _n("Give five stars"), "culling.rate",
        ("5",), needs_shoot=True, value="5"),
    Row("label_red", "photo", _n("Red label"), _n("Label red, or take the red label away"), "culling.label",
        ("6",), needs_shoot=True, value="Red", rule_before=True),
    Row("label_yellow", "photo", _n("Yellow label"), _n("Label yellow, or take the yellow label away"),
        "culling.label", ("7",), needs_shoot=True, value="Yellow"),
    Row("label_green", "photo", _n("Green label"), _n("Label green, or take the green label away"),
        "culling.label", ("8",), needs_shoot=True, value="Green"),
    Row("label_blue", "photo", _n("Blue label"), _n("Label blue, or take the blue label away"),
        "culling.label", ("9",), needs_shoot=True, value="Blue"),
    Row("auto_advance", "photo", _n("&Go on after a mark"),
        _n("After marking one photo, go to the next"), "culling.set_auto_advance", ("Shift+A",), "", True,
        rule_before=True),
)  # fmt: skip

_VIEW = (
    Row("grid", "view", _n("&Grid"), _n("All photos as thumbnails"), "show_grid",
        ("G",), "grid", True, needs_shoot=True),
    Row("loupe", "view", _n("&Loupe"), _n("One photo, large"), "show_loupe",
        ("E",), "loupe", True, needs_shoot=True),
    Row("compare", "view", _n("&Compare"), _n("Two selected photos side by side, or this and the next"),
        "show_compare", ("C",), "compare", True, needs_shoot=True),
    EDIT_VIEW,
    Row("whole_pixels", "view", _n("&100 %"), _n("One picture pixel on one screen pixel"),
        "switch_whole_pixels", ("Z", "Space"), "zoom", True, needs_shoot=True),
    Row("sharpness", "view", _n("Where it is &sharp"),
        _n("Frames what is sharp, hatches what is soft, at full resolution; Z goes to the sharpest part"),
        "sharpness.switch", ("H",), "", True, needs_shoot=True),
    Row("clipping", "view", _n("Lost &highlights and shadows"),
        _n("Marks where highlights (orange) and shadows (blue) are lost, in the loupe"),
        "switch_clipping", ("J",), "", True, needs_shoot=True),
    *BEFORE_VIEWS,
    Row("compare_badges", "view", _n("&Badges while comparing"),
        _n("Show the advice on the two photos that are compared, or hide it again"),
        "switch_compare_badges", ("B",), "", True, needs_shoot=True),
    Row("next_undecided", "view", _n("Next &undecided"), _n("Go to the next photo without pick or reject"),
        "browsing.next_undecided", ("N",), needs_shoot=True, rule_before=True),
    Row("only_picks", "view", _n("Show only &picks"), _n("Show only picks; again: all but picks; again: all"),
        "area.filters.switch", ("Shift+P",), needs_shoot=True, value="flag.pick"),
    Row("only_rejects", "view", _n("Show only re&jects"),
        _n("Show only rejects; again: all but rejects; again: all"),
        "area.filters.switch", ("Shift+X",), needs_shoot=True, value="flag.reject"),
    Row("only_undecided", "view", _n("Show only un&decided"),
        _n("Show only undecided photos; again: only decided ones; again: all"),
        "area.filters.switch", ("Shift+U",), needs_shoot=True, value="flag.undecided"),
    Row("only_near", "view", _n("Show only photos n&ear a line"),
        _n("Show only photos whose score is near a line; again: all but these; again: all"),
        "area.filters.switch", (), needs_shoot=True, value="line.near"),
    Row("only_edited", "view", _n("Show only e&dited photos"),
        _n("Show only edited photos; again: only those that are not; again: all"),
        "area.filters.switch", (), needs_shoot=True, value="edit.edited"),
    Row("show_all", "view", _n("Sho&w all photos"), _n("Clear the filter"), "browsing.clear_filter",
        ("Shift+Esc", "Ctrl+Shift+A"), needs_shoot=True),
    Row("larger", "view", _n("La&rger thumbnails"), _n("Larger thumbnails"), "make_larger",
        ("Ctrl++", "Ctrl+="), rule_before=True),
    Row("smaller", "view", _n("S&maller thumbnails"), _n("Smaller thumbnails"), "make_smaller", ("Ctrl+-",)),
    Row("panel", "view", _n("&Quality panel"), _n("Show or fold the quality panel"), "switch_panel",
        ("F8",), "panel", True, rule_before=True),
    Row("light", "view", _n("L&ight theme"), _n("Light or dark surroundings"), "switch_theme", (), "", True),
)  # fmt: skip

_JUDGING = (
    Row("pause", "judging", _n("&Pause"), _n("Pause or go on judging"), "switch_pause",
        ("F6",), "pause", True, needs_shoot=True),
    Row("stop", "judging", _n("&Stop"), _n("Stop judging; what is judged stays"), "stop_judging",
        (), "stop", needs_shoot=True),
    Row("again", "judging", _n("&Judge the rest"),
        _n("Judge what has no score yet, and try unreadable photos again"), "judge_rest",
        ("Shift+F5",), "resume", needs_shoot=True, rule_before=True),
    Row("next_fault", "judging", _n("Next &unreadable photo"),
        _n("Go to the next photo that could not be read"), "browsing.next_fault",
        ("F7",), "broken", needs_shoot=True),
    Row("fault_list", "judging", _n("Unreadable p&hotos"),
        _n("List the photos that could not be read, with the reasons, and try them again"), "faults.switch",
        ("Shift+F7",), "broken", True, needs_shoot=True),
)  # fmt: skip

_HELP = (
    Row("keys", "help", _n("&Keys"), _n("All keys of the program"), "show_keys", ("?", "F1")),
    Row("about", "help", _n("&About Framesift"), _n("Version, model and device"), "show_about"),
)  # fmt: skip

ACTIONS = (*_SHOOT, *_EDIT, *_PHOTO, *ADJUST, *_VIEW, *_JUDGING, *_HELP)
"""Every action; within a menu in the order of the menu."""
