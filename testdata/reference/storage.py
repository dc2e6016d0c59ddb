"""Float64 weights to stored tensors in each number format of published checkpoints."""

from collections.abc import Callable

import numpy as np

import number_formats as formats
from safetensors_file import Tensor

Stored = dict[str, Tensor]
Format = Callable[[str, np.ndarray], Stored]


def f32(name: str, value: np.ndarray) -> Stored:
    return {name: Tensor("F32", value.astype(np.float32))}


def f16(name: str, value: np.ndarray) -> Stored:
    return {name: Tensor("F16", value.astype(np.float16).view(np.uint16))}


def bf16(name: str, value: np.ndarray) -> Stored:
    return {name: Tensor("BF16", formats.encode_bf16(value))}


def scalar(value: float) -> Tensor:
    return Tensor("F32", np.array(value, dtype=np.float32))


def fp8_tensor(name: str, value: np.ndarray) -> Stored:
    """ModelOpt FP8: one scale a matrix, static activation scale."""
    module, scale = name.removesuffix(".weight"), np.float32(np.abs(value).max() / 448)
    return {
        name: Tensor("F8_E4M3", formats.encode_e4m3(value / scale)),
        module + ".weight_scale": scalar(scale),
        module + ".input_scale": scalar(0.0123),
    }


def fp8_channel(name: str, value: np.ndarray) -> Stored:
    """ModelOpt FP8_PER_CHANNEL_PER_TOKEN: scales [out]."""
    scales = (np.abs(value).max(axis=1) / 448).astype(np.float32)
    return {
        name: Tensor("F8_E4M3", formats.encode_e4m3(value / scales[:, None])),
        name.removesuffix(".weight") + ".weight_scale": Tensor("F32", scales),
    }


def ct_fp8_channel(name: str, value: np.ndarray) -> Stored:
    """compressed-tensors float-quantized, strategy channel: BF16 scales [out, 1]."""
    bits = formats.encode_bf16(np.abs(value).max(axis=1, keepdims=True) / 448)
    return {
        name: Tensor("F8_E4M3", formats.encode_e4m3(value / formats.decode_bf16(bits))),
        name.removesuffix(".weight") + ".weight_scale": Tensor("BF16", bits),
    }


def _nvfp4(value: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.float32]:
    """Packed codes, block scales and the tensor's scale."""
    tensor_scale = np.float32(np.abs(value).max() / 2688)
    blocks = value.reshape(len(value), -1, 16)
    scales = formats.encode_e4m3(np.abs(blocks).max(axis=2) / (6 * tensor_scale))
    steps = formats.decode_e4m3(scales).astype(np.float64) * tensor_scale
    codes = formats.encode_e2m1(blocks / np.maximum(steps, 1e-30)[:, :, None])
    return formats.pack_pairs(codes.reshape(value.shape)), scales, tensor_scale


def nvfp4_w4a16(name: str, value: np.ndarray) -> Stored:
    module, (packed, scales, tensor_scale) = name.removesuffix(".weight"), _nvfp4(value)
    return {
        name: Tensor("U8", packed),
        module + ".weight_scale": Tensor("F8_E4M3", scales),
        module + ".weight_scale_2": scalar(tensor_scale),
    }


def nvfp4_w4a4(name: str, value: np.ndarray) -> Stored:
    return nvfp4_w4a16(name, value) | {name.removesuffix(".weight") + ".input_scale": scalar(0.00321)}


def ct_nvfp4(name: str, value: np.ndarray) -> Stored:
    """compressed-tensors nvfp4-pack-quantized: the global scales are the reciprocals of ModelOpt's."""
    module, (packed, scales, tensor_scale) = name.removesuffix(".weight"), _nvfp4(value)
    return {
        module + ".weight_packed": Tensor("U8", packed),
        module + ".weight_scale": Tensor("F8_E4M3", scales),
        module + ".weight_global_scale": Tensor("F32", np.array([1 / tensor_scale], dtype=np.float32)),
        module + ".input_global_scale": Tensor("F32", np.array([311.5], dtype=np.float32)),
    }


def stacked(parts: list[tuple[int, Tensor]]) -> Tensor:
    """One tensor of rank 3 from numbered matrices."""
    matrices = [tensor for _, tensor in sorted(parts, key=lambda part: part[0])]
    return Tensor(matrices[0].dtype, np.stack([tensor.data for tensor in matrices]))


def is_linear(name: str) -> bool:
    """The matrices that quantisers touch: every linear, the router, conv1d and embeddings excepted."""
    return name.endswith("_proj.weight") or name == "lm_head.weight"


def store(weights: dict[str, np.ndarray], plain: Format, rules: Callable[[str], Format | None]) -> Stored:
    """Each tensor by the format that the rules give for it, else plainly; the router's bias is float32 always."""
    stored = {}
    for name, value in weights.items():
        fallback = f32 if name.endswith("e_score_correction_bias") else plain
        stored |= ((is_linear(name) and rules(name)) or fallback)(name, value)
    return stored
