"""Compares our dequantised weights with those of the libraries that write such checkpoints.

Needs the packages nvidia-modelopt and compressed-tensors: python testdata/reference/check_dequantisation.py
"""

import json
from pathlib import Path

import numpy as np
import torch
from compressed_tensors.compressors import BaseCompressor
from compressed_tensors.quantization import QuantizationArgs, QuantizationScheme
from modelopt.torch.quantization.qtensor.nvfp4_tensor import NVFP4QTensor
from safetensors.torch import load_file

import weights as checkpoint_weights
from numeric import relative_l2

ROOT = Path(__file__).resolve().parent.parent / "checkpoints"
BF16_ROUNDING = 2.0**-8


def stored(folder: Path) -> dict[str, torch.Tensor]:
    return {name: tensor for file in sorted(folder.glob("*.safetensors")) for name, tensor in load_file(file).items()}


def model_opt(folder: Path) -> dict[str, torch.Tensor]:
    """NVFP4 by NVIDIA's ModelOpt; FP8 by torch's own type."""
    tensors, result = stored(folder), {}
    for name, value in tensors.items():
        module = name.removesuffix(".weight")
        if value.dtype == torch.uint8:
            packed = NVFP4QTensor(torch.Size((value.shape[0], value.shape[1] * 2)), torch.float32, value)
            result[name] = packed.dequantize(dtype=torch.float32, scale=tensors[module + ".weight_scale"],
                                             double_scale=tensors[module + ".weight_scale_2"], block_sizes={-1: 16})
        elif value.dtype == torch.float8_e4m3fn and name.endswith(".weight"):
            scale = tensors[module + ".weight_scale"]
            result[name] = value.float() * (scale if scale.ndim == 0 else scale[:, None])
    return result


def compressed(folder: Path) -> dict[str, torch.Tensor]:
    """compressed-tensors gives BF16 whatever it is asked for."""
    tensors, result = stored(folder), {}
    group = json.loads((folder / "config.json").read_text())["quantization_config"]["config_groups"]["group_0"]
    scheme = QuantizationScheme(
        targets=["Linear"], weights=QuantizationArgs(**group["weights"]), format=group["format"])
    compressor = BaseCompressor.get_value_from_registry(group["format"])
    parts = ("weight", "weight_packed", "weight_scale", "weight_global_scale")
    for module in sorted(name.removesuffix(".weight_scale") for name in tensors if name.endswith(".weight_scale")):
        present = {part: tensors[f"{module}.{part}"] for part in parts if f"{module}.{part}" in tensors}
        result[module + ".weight"] = compressor.decompress(present, scheme)["weight"]
    return result


def main() -> None:
    print("| checkpoint | matrices | largest relative L2 |\n|---|---|---|")
    for name, read, tolerance in [
        ("nvfp4-w4a4", model_opt, 1e-6), ("nvfp4-w4a16", model_opt, 1e-6), ("fp8-tensor", model_opt, 1e-6),
        ("fp8-channel", model_opt, 1e-6), ("super-mixed", model_opt, 1e-6), ("lightning-mixed", model_opt, 1e-6),
        ("compressed-nvfp4", compressed, BF16_ROUNDING), ("compressed-fp8", compressed, BF16_ROUNDING),
    ]:
        ours, theirs = checkpoint_weights.read(ROOT / name), read(ROOT / name)
        worst = max(relative_l2(value.double().numpy(), ours[key]) for key, value in theirs.items())
        print(f"| {name} | {len(theirs)} | {worst:.1e} |")
        if not np.isfinite(worst) or worst > tolerance:
            raise SystemExit(f"{name}: dequantised weights differ")


if __name__ == "__main__":
    main()
