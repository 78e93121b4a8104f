"""The names of the tile network's files in a model folder; needs no library of training."""

MODEL_FILE, NETWORK_FILE, FACTS_FILE = "sharpness.onnx", "sharpness.keras", "sharpness.json"
