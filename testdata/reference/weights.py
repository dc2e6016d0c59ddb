"""A checkpoint folder as float64 matrices under the names of the published Nemotron checkpoints.

The names follow `backbone.*`, `lm_head.weight`, `mtp.*`, experts one by one. Whatever spelling and number format the
folder uses is undone here. Quantised weights are dequantised in float32, as defined by their format, then widened.
"""

import re
from pathlib import Path

import numpy as np

import number_formats as formats
import safetensors_file
from safetensors_file import Tensor

PREFIXES = (
    "language_model.backbone.", "model.language_model.backbone.", "language_model.model.backbone.", "model.backbone.",
    "backbone.", "model.",
)
NOT_TEXT = ("vision_model.", "sound_encoder.", "mlp1.")
COMPANIONS = (".weight_scale", ".weight_scale_2", ".weight_global_scale", ".input_scale", ".input_global_scale",
              ".k_scale", ".v_scale")
ALIASES = {
    "backbone.embedding.weight": "backbone.embeddings.weight",
    "backbone.embed_tokens.weight": "backbone.embeddings.weight",
    "backbone.norm.weight": "backbone.norm_f.weight",
}


def canonical_name(name: str) -> str:
    for prefix in PREFIXES:
        if name.startswith(prefix):
            name = "backbone." + name[len(prefix):]
            break
    else:
        name = name.removeprefix("language_model.")
    return ALIASES.get(name, name)


def read(folder: Path) -> dict[str, np.ndarray]:
    stored = {canonical_name(name): tensor for name, tensor in safetensors_file.read_folder(folder).items()
              if not name.startswith(NOT_TEXT)}
    weights = {}
    for name, tensor in stored.items():
        if name.endswith(COMPANIONS):
            continue
        target = name.removesuffix("_packed") if name.endswith(".weight_packed") else name
        value = _dequantise(target.removesuffix(".weight"), tensor, stored).astype(np.float64)
        if name.endswith("conv1d.weight"):
            value = np.squeeze(value)  # [Cd, 4], whichever axis of one the folder has
        fused = re.fullmatch(r"(.*\.experts)\.(up_proj|down_proj)", name)
        if fused:
            for expert, matrix in enumerate(value):
                weights[f"{fused[1]}.{expert}.{fused[2]}.weight"] = matrix
        else:
            weights[target] = value
    return weights


def _dequantise(module: str, tensor: Tensor, stored: dict[str, Tensor]) -> np.ndarray:
    """float32 values of one tensor; its companions tell how to read it."""
    if tensor.dtype == "U8":
        scales = stored[module + ".weight_scale"].data
        if module + ".weight_scale_2" in stored:
            factor = stored[module + ".weight_scale_2"].data.reshape(())
        else:
            factor = np.float32(1) / stored[module + ".weight_global_scale"].data.reshape(())
        return formats.decode_nvfp4(tensor.data, scales, factor)
    if tensor.dtype == "F8_E4M3":
        scale = _plain(stored[module + ".weight_scale"])
        return formats.decode_e4m3(tensor.data) * (scale.reshape(()) if scale.size == 1 else scale.reshape(-1, 1))
    return _plain(tensor)


def _plain(tensor: Tensor) -> np.ndarray:
    decoders = {"BF16": formats.decode_bf16, "F16": formats.decode_f16, "F32": np.asarray}
    return decoders[tensor.dtype](tensor.data)
