"""From the trained Keras network to one clean ONNX graph with one input and a free batch axis."""

from pathlib import Path

import keras
import onnx
import onnxslim
import tensorflow as tf
import tf2onnx

from quality.core.labels import DEFECTS
from quality.core.preprocess import INPUT_COLUMNS, INPUT_ROWS
from training.contract_values import INPUT, OUTPUT
from training.errors import ExportRefusedError

OPSET = 17


def convert(network: keras.Model) -> bytes:
    """Converts a network, fixes the picture's size and simplifies the graph.

    Args:
        network: From ``image`` (N, H, W, 3) in 0..255 to ``logits`` (N, 3), in inference mode.

    Returns:
        A serialised ONNX model whose parameters are 32-bit floats.

    Raises:
        ExportRefusedError: If the graph doesn't have exactly the one input and the one output, or the
            network has other logits than the program reads.
    """
    if network.output_shape[-1] != len(DEFECTS):
        raise ExportRefusedError(
            f"the network has {network.output_shape[-1]} logits, the program reads {len(DEFECTS)}"
        )
    signature = [tf.TensorSpec((None, INPUT_ROWS, INPUT_COLUMNS, 3), tf.float32, name=INPUT)]
    converted, _ = tf2onnx.convert.from_keras(_fixed_size(network), input_signature=signature, opset=OPSET)
    graph = onnxslim.slim(converted)
    _name_batch_axis(graph)
    onnx.checker.check_model(graph, full_check=True)
    _check_ends(graph)
    return bytes(graph.SerializeToString())


def _fixed_size(network: keras.Model) -> keras.Model:
    image = keras.Input((INPUT_ROWS, INPUT_COLUMNS, 3), name=INPUT)
    logits = keras.layers.Identity(name=OUTPUT)(network(image, training=False))
    return keras.Model(image, logits, name=OUTPUT)


def _name_batch_axis(graph: onnx.ModelProto) -> None:
    for end in (*graph.graph.input, *graph.graph.output):
        end.type.tensor_type.shape.dim[0].dim_param = "N"


def _check_ends(graph: onnx.ModelProto) -> None:
    inputs = [end.name for end in graph.graph.input]
    outputs = [end.name for end in graph.graph.output]
    if inputs != [INPUT] or outputs != [OUTPUT]:
        raise ExportRefusedError(f"the graph has inputs {inputs} and outputs {outputs}, not one each")


def save_network(network: keras.Model, path: Path) -> None:
    """Writes the Keras network, so that anybody can train on from it."""
    unfinished = path.with_name(f"unfinished-{path.name}")
    network.save(unfinished)
    unfinished.replace(path)
