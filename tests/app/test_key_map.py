"""Keys of actions: no key twice in any preset, own keys win, and nobody gets the keys of the views."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QKeySequence

from app.action_table import ACTIONS
from app.key_map import MOST_KEYS, VIEW_KEYS, is_view_key, keys_of, portable, shown, user_of
from app.key_presets import PRESETS
from app.settings_table import KEY_PRESET

IDS = [row.id for row in ACTIONS]
KEYS = ["P", "X", "0", "Ctrl+S", "ctrl+shift+s", "F7", "Left", "Space", "?"]
OWN = st.dictionaries(st.sampled_from(IDS), st.lists(st.sampled_from(KEYS), max_size=2).map(tuple))


def test_the_program_s_own_preset_is_the_table() -> None:
    keys = keys_of("framesift", {})
    for row in ACTIONS:
        assert keys[row.id] == tuple(portable(key) for key in row.keys), row.id


def test_every_choice_of_the_setting_is_a_preset() -> None:
    assert set(KEY_PRESET.values) == set(PRESETS)
    assert keys_of("of another program", {}) == keys_of("framesift", {})


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_hold_keys_that_exist_and_give_each_to_one_action(preset: str) -> None:
    for keys in PRESETS[preset].values():
        for key in keys:
            assert not QKeySequence(key).isEmpty(), key
            assert portable(key) == key
    found = keys_of(preset, {})
    all_keys = [key for keys in found.values() for key in keys]
    assert len(all_keys) == len(set(all_keys))
    for name, keys in PRESETS[preset].items():
        if name in found:
            assert found[name] == keys, name


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_takes_the_only_key_of_another_action(preset: str) -> None:
    found, table = keys_of(preset, {}), keys_of("framesift", {})
    assert [name for name in IDS if table[name] and not found[name]] == []


def test_keys_of_known_programs() -> None:
    assert keys_of("lightroom", {})["pick"] == ("P",)
    assert keys_of("lightroom", {})["publish"] == ("Ctrl+S",)
    assert keys_of("darktable", {})["reject"] == ("R",)
    assert keys_of("darktable", {})["label_red"] == ("F1",)
    assert keys_of("photo_mechanic", {})["pick"] == ("T",)
    assert keys_of("photo_mechanic", {})["stars_5"] == ("Ctrl+5",)


def test_an_own_key_wins_over_the_preset_and_leaves_the_other_without() -> None:
    keys = keys_of("framesift", {"reject": ("P", "Del")})
    assert keys["reject"] == ("P", "Del")
    assert keys["pick"] == ()
    assert keys_of("framesift", {"reject": ()})["reject"] == ()


def test_a_key_has_one_user() -> None:
    keys = keys_of("framesift", {})
    assert user_of("P", keys) == "pick"
    assert user_of("P", keys, but="pick") is None
    assert user_of("shift+ctrl+z", keys) == "redo"
    assert user_of("F24", keys) is None


def test_keys_of_the_views_are_nobody_s() -> None:
    assert is_view_key("left")
    assert not is_view_key("Ctrl+Left")
    assert keys_of("framesift", {"pick": ("Esc", "P")})["pick"] == ("P",)


def test_keys_are_shown_side_by_side() -> None:
    assert shown(["Ctrl+Z", "F1"]).split() == ["Ctrl+Z", "F1"]


@given(own=OWN, preset=st.sampled_from(sorted(PRESETS)))
@settings(max_examples=25, deadline=None)
def test_whatever_the_user_sets_no_key_does_two_things(own: dict[str, tuple[str, ...]], preset: str) -> None:
    keys = keys_of(preset, own)
    assert list(keys) == IDS
    flat = [key for each in keys.values() for key in each]
    assert len(flat) == len(set(flat))
    assert not VIEW_KEYS & set(flat)
    assert all(len(each) <= MOST_KEYS for each in keys.values())
