"""Training resumes after a kill as if nothing had happened; tiny network, tiny pictures."""

import csv
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
keras = pytest.importorskip("keras")

from training import checkpoint, config, early_stop  # noqa: E402
from training.callbacks import EpochLog  # noqa: E402
from training.chain import fit_chain, onward  # noqa: E402
from training.config import RunConfig, Stage  # noqa: E402
from training.early_stop import EarlyStop  # noqa: E402
from training.errors import TableError, TrainingError  # noqa: E402
from training.fit import fit  # noqa: E402
from training.labelled import UNKNOWN_LABEL, read_labelled  # noqa: E402
from training.labelled_batches import LabelledFrames  # noqa: E402
from training.model import BACKBONE, FEATURES, load_network, split_network  # noqa: E402
from training.photos import PictureStore, SourcePhoto, read_photos  # noqa: E402
from training.recipes import recipes_of  # noqa: E402
from training.split import Part, select, training_parts  # noqa: E402
from training.stage_batches import StageBatches  # noqa: E402

pytestmark = [
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Even though the `tf.config:UserWarning"),
]

RUN = RunConfig(
    recipe="test",
    stages=(
        Stage("0", 32, 48, 2, 2, 4, 1e-3, schedule="cosine", warmup_steps=1),
        Stage("1", 48, 64, 2, 2, 4, 1e-3, trainable="heads", frozen_batchnorm=True),
    ),
    validation_pictures=4,
)


class KilledError(Exception):
    """Stands for whatever ends a run."""


def _small_backbone(*_: object) -> Any:
    """Convolution, BatchNorm and a dropout: everything that has a state of its own."""
    image = keras.Input((None, None, 3))
    signal = keras.layers.Rescaling(1 / 255)(image)
    signal = keras.layers.Conv2D(4, 3, strides=4)(signal)
    signal = keras.layers.BatchNormalization()(signal)
    signal = keras.layers.Dropout(0.3)(signal)
    return keras.Model(image, keras.layers.Conv2D(FEATURES, 1, activation="relu")(signal), name=BACKBONE)


@pytest.fixture(autouse=True, scope="module")
def small_network() -> Iterator[None]:
    """A network so small that tracing it would take longer than training it step by step."""
    tensorflow = pytest.importorskip("tensorflow")
    tensorflow.config.run_functions_eagerly(True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("training.fit.build_backbone", _small_backbone)
        yield
    tensorflow.config.run_functions_eagerly(False)


@pytest.fixture(scope="module")
def photos(photo_folder: Path) -> tuple[SourcePhoto, ...]:
    """Photos whose names put some of them into validation."""
    originals = read_photos(photo_folder)
    named = tuple(SourcePhoto(f"scene{number:02d}", originals[number % 4].path) for number in range(40))
    assert select(named, Part.VALIDATION)
    return named


@pytest.fixture(scope="module")
def store() -> PictureStore:
    return PictureStore()


@pytest.fixture(scope="module")
def uninterrupted(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A run from begin to end; no test may change it."""
    folder = tmp_path_factory.mktemp("whole")
    fit(photos, RUN, folder, store)
    return folder


def _weights(folder: Path) -> list[Any]:
    return [np.asarray(weight) for weight in load_network(folder / "network.keras").weights]


def _kill_after(place: checkpoint.Place, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killing(EpochLog):
        def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
            super().on_epoch_end(epoch, logs)
            if (self._stage_number, epoch + 1) == (place.stage, place.epochs):
                raise KilledError

    monkeypatch.setattr("training.fit.EpochLog", Killing)


def test_a_run_killed_twice_ends_with_the_same_weights(
    photos: tuple[SourcePhoto, ...],
    store: PictureStore,
    uninterrupted: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for place in (checkpoint.Place(0, 1), checkpoint.Place(1, 1)):
        with monkeypatch.context() as patched:
            _kill_after(place, patched)
            with pytest.raises(KilledError):
                fit(photos, RUN, tmp_path, store)
        found = checkpoint.newest(tmp_path)
        assert found is not None
        assert found[0] == place
    (tmp_path / "unfinished-checkpoint-09-009.keras").write_bytes(b"cut off while it was written")
    fit(photos, RUN, tmp_path, store)
    for ours, theirs in zip(_weights(tmp_path), _weights(uninterrupted), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)
    logs = [(folder / "train_log.csv").read_text(encoding="utf-8") for folder in (tmp_path, uninterrupted)]
    assert logs[0].count("\n") == logs[1].count("\n") == 5


def test_a_run_writes_what_the_protocol_names(uninterrupted: Path) -> None:
    assert config.load(uninterrupted / "config.json") == RUN
    assert (uninterrupted / "training_curves.png").read_bytes().startswith(b"\x89PNG")
    with (uninterrupted / "train_log.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["stage"], row["epoch"]) for row in rows] == [("0", "1"), ("0", "2"), ("1", "1"), ("1", "2")]
    assert {"loss", "auc", "val_loss", "val_auc", "blur_loss", "under_loss", "over_loss"} <= set(rows[0])
    assert len(list(uninterrupted.glob("checkpoint-*.keras"))) == 1


def test_training_moves_the_weights_and_stage_1_only_the_heads(uninterrupted: Path) -> None:
    network = load_network(uninterrupted / "network.keras")
    saved = keras.models.load_model(next(uninterrupted.glob("checkpoint-*.keras")), compile=False)
    assert not saved.get_layer(BACKBONE).trainable_weights
    assert network.get_layer("heads").trainable_weights


def test_a_run_with_other_numbers_is_not_continued(
    photos: tuple[SourcePhoto, ...], store: PictureStore, uninterrupted: Path
) -> None:
    with pytest.raises(TrainingError, match="other numbers"):
        fit(photos, dataclasses.replace(RUN, seed=1), uninterrupted, store)


def test_no_photos_for_a_part_is_said(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="at least one photo"):
        fit(photos[2:3], RUN, tmp_path, store)


def test_training_starts_from_a_given_network(
    photos: tuple[SourcePhoto, ...], store: PictureStore, uninterrupted: Path, tmp_path: Path
) -> None:
    still = dataclasses.replace(
        RUN, stages=(dataclasses.replace(RUN.stages[1], learning_rate=0.0, epochs=1),)
    )
    fit(photos, still, tmp_path, store, uninterrupted / "network.keras")
    for ours, theirs in zip(_weights(tmp_path), _weights(uninterrupted), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_network_trained_on_can_be_averaged_with_its_start(
    photos: tuple[SourcePhoto, ...], store: PictureStore, uninterrupted: Path, tmp_path: Path
) -> None:
    one = dataclasses.replace(RUN.stages[0], learning_rate=0.01, epochs=1)
    start = uninterrupted / "network.keras"
    for share in (0.0, 0.4, 1.0):
        averaged = dataclasses.replace(RUN, stages=(one,), start_share=share)
        fit(photos, averaged, tmp_path / str(share), store, start)
    new, mean, old = (_weights(tmp_path / share) for share in ("0.0", "0.4", "1.0"))
    for weight, begun in zip(old, _weights(uninterrupted), strict=True):
        np.testing.assert_array_equal(weight, begun)
    assert any(np.abs(after - before).max() > 1e-3 for after, before in zip(new, old, strict=True))
    for after, between, before in zip(new, mean, old, strict=True):
        np.testing.assert_allclose(between, 0.6 * after + 0.4 * before, rtol=1e-4, atol=1e-5)


def test_a_chain_trains_each_recipe_on_what_the_one_before_made(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tmp_path: Path
) -> None:
    still = dataclasses.replace(RUN.stages[1], learning_rate=0.0)
    runs = [
        dataclasses.replace(RUN, recipe="first"),
        dataclasses.replace(RUN, recipe="second", stages=(RUN.stages[0], still)),
    ]
    last = fit_chain(photos, runs, tmp_path, store)
    assert last == tmp_path / "network.keras"
    first = tmp_path / "1-first" / "network.keras"
    for old, new in zip(load_network(first).get_weights(), load_network(last).get_weights(), strict=True):
        np.testing.assert_array_equal(new, old)
    assert recipes_of(last) == ("first", "second")
    seen = (tmp_path / "1-first" / "train_log.csv").read_text(encoding="utf-8")
    assert fit_chain(photos, runs, tmp_path, store) == last
    assert (tmp_path / "1-first" / "train_log.csv").read_text(encoding="utf-8") == seen


def test_who_goes_through_a_recipe_again_sees_other_pictures(tmp_path: Path) -> None:
    once, again = tmp_path / "once.keras", tmp_path / "again" / "again.keras"
    again.parent.mkdir()
    config.save(dataclasses.replace(RUN, recipe="start"), once.with_name("config.json"))
    config.save(dataclasses.replace(RUN, before=("start",)), again.with_name("config.json"))
    first, second = onward(RUN, once), onward(RUN, again)
    assert (first.seed, first.before) == (RUN.seed, ("start",))
    assert second.seed != first.seed
    assert dataclasses.replace(second, seed=first.seed, before=first.before) == first


@pytest.fixture
def tables(photo_folder: Path, tmp_path: Path) -> Path:
    """Corrections with unknown labels, and a table of night scenes; one photo is missing."""
    names = [str(photo_folder / f"scene{number:02d}.png") for number in range(12)]
    labels = [f"{name},1,,0" for name in names]
    (tmp_path / "own.csv").write_text("\n".join(["path,blur,under,over", *labels, "gone.png,0,0,0"]) + "\n")
    rows = [f"{name},{number % 2}" for number, name in enumerate(names)]
    (tmp_path / "night.csv").write_text("\n".join(["path,night", *rows]) + "\n")
    return tmp_path


@pytest.mark.parametrize("together", [1, 4])
def test_corrections_are_mixed_in_with_unknown_labels_masked(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tables: Path, together: int
) -> None:
    stage = dataclasses.replace(RUN.stages[1], batch=400)
    mix = dataclasses.replace(RUN.mix, frame_pictures=together)
    run = dataclasses.replace(RUN, stages=(stage,), mix=mix, corrections=str(tables / "own.csv"))
    training, _ = StageBatches(run, training_parts(photos), store).of(stage, 0)
    _, labels = training[0]
    own = labels[:, 1] == UNKNOWN_LABEL
    assert 0.15 < own.mean() < 0.35  # of the pictures, however many follow each other
    np.testing.assert_array_equal(labels[own], [[1, UNKNOWN_LABEL, 0]] * int(own.sum()))


def test_the_night_head_trains_on_its_own_table_and_alone(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tables: Path, tmp_path: Path
) -> None:
    stages = (
        Stage("2", 32, 48, 1, 2, 4, 1e-3, "heads", frozen_batchnorm=True, loss_weights=(1, 1, 1, 0)),
        Stage("3", 32, 48, 1, 2, 4, 1e-2, "night", frozen_batchnorm=True, loss_weights=(0, 0, 0, 1)),
    )
    run = dataclasses.replace(RUN, stages=stages, generation=3, night_table=str(tables / "night.csv"))
    first = dataclasses.replace(run, stages=stages[:1])
    fit(photos, first, tmp_path / "first", store)
    fit(photos, run, tmp_path / "both", store)
    before, after = (load_network(tmp_path / name / "network.keras") for name in ("first", "both"))
    assert after.output_shape == (None, 4)
    for old, new in zip(before.weights, after.weights, strict=True):
        same = np.array_equal(np.asarray(old), np.asarray(new))
        assert same == ("night_" not in new.path)


def test_a_night_stage_without_a_table_is_refused(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tmp_path: Path
) -> None:
    run = dataclasses.replace(RUN, stages=(dataclasses.replace(RUN.stages[1], trainable="night"),))
    with pytest.raises(TableError, match="--night-table"):
        fit(photos, run, tmp_path, store)


def test_a_table_no_photo_of_which_can_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("path,blur,under,over\ngone.png,0,0,0\n", encoding="utf-8")
    with pytest.raises(TableError, match="None of the labelled photos"):
        LabelledFrames(read_labelled(tmp_path / "own.csv"))


def test_a_stage_without_progress_ends_with_its_best_epoch(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A rate of zero keeps every weight, so no epoch after the first is better.
    stage = Stage("0", 32, 48, 6, 1, 4, 0.0, trainable="heads", frozen_batchnorm=True, patience=2)
    run = dataclasses.replace(RUN, stages=(stage,))
    fit(photos, run, tmp_path, store)
    with (tmp_path / "train_log.csv").open(newline="", encoding="utf-8") as file:
        epochs = [int(row["epoch"]) for row in csv.DictReader(file)]
    assert epochs == [1, 2, 3]
    assert early_stop.is_over(tmp_path, stage)
    before = _weights(tmp_path)
    monkeypatch.setattr("training.fit._run_stage", None)
    fit(photos, run, tmp_path, store)
    for weight, other in zip(before, _weights(tmp_path), strict=True):
        np.testing.assert_array_equal(weight, other)


def test_the_best_epoch_is_taken(tmp_path: Path) -> None:
    stage = Stage("0", 32, 48, 9, 1, 4, 1e-3, patience=2)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    stop = EarlyStop(tmp_path, stage)
    stop.set_model(model)
    log = tmp_path / "train_log.csv"
    log.write_text("stage,epoch,val_loss\n", encoding="utf-8")
    for epoch, loss in enumerate((0.5, 0.3, 0.4, 0.6)):
        model.set_weights([np.full((1, 1), epoch, np.float32)])
        with log.open("a", encoding="utf-8") as file:
            file.write(f"0,{epoch + 1},{loss}\n")
        assert not getattr(model, "stop_training", False)
        stop.on_epoch_end(epoch)
    assert model.stop_training
    early_stop.take_best(model, tmp_path, stage)
    assert model.get_weights()[0] == 1


def test_a_network_trained_in_mixed_precision_is_saved_in_full(
    photos: tuple[SourcePhoto, ...], store: PictureStore, tmp_path: Path
) -> None:
    run = dataclasses.replace(RUN, precision="mixed_bfloat16")
    network = load_network(fit(photos, run, tmp_path, store))
    assert {layer.dtype_policy.name for layer in split_network(network)[0].layers} == {"float32"}
    assert keras.config.dtype_policy().name == "float32"
    trained = keras.models.load_model(tmp_path / "checkpoint-01-002.keras", compile=False)
    assert "mixed_bfloat16" in {layer.dtype_policy.name for layer in split_network(trained)[0].layers}
    for weight, other in zip(trained.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(weight, other)
