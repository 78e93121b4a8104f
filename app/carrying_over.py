"""What a shoot that is read again keeps of what it was before, so that nothing on screen blinks; no files."""

import numpy as np

from app.shoot import Shoot


def carry_over(before: Shoot, after: Shoot) -> list[int]:
    """Gives photos that were there before what is known of them: marks, recipes, scores.

    Args:
        before: The shoot as it was.
        after: The same folder as it is now; nothing is known of it yet.

    Returns:
        The rows whose scores are those of before: whether their files are still the same has to be looked up.
    """
    rows = {row: old for row, path in enumerate(after.photos) if (old := before.row_of(path)) is not None}
    for row, old in rows.items():
        recorded = before.marks.recorded(old)
        if recorded is not None:
            after.marks.note(row, recorded)
    for old in before.recipes.rows:
        place = after.row_of(before.photos[old])
        if place is not None:
            after.recipes.note(place, before.recipes.recipe(old))
            score = before.recipes.edited_score(old)
            if score is not None:
                after.recipes.note_score(place, score)
    now, then = np.array([*rows], dtype=np.intp), np.array([*rows.values()], dtype=np.intp)
    after.carry_scores(before, now, then)
    return [row for row in rows if after.is_judged(row)]
