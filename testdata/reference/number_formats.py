"""Number formats of published checkpoints, decoded by table.

Every decoder returns float32 and is exact: each code of each format is a float32 number. The encoders round to
nearest, ties to even, and are used only to make test checkpoints.
"""

import numpy as np


def _e4m3_value(code: int) -> float:
    sign, exponent, mantissa = code >> 7, (code >> 3) & 15, code & 7
    if exponent == 15 and mantissa == 7:
        return float("nan")
    magnitude = mantissa * 2.0**-9 if exponent == 0 else (1 + mantissa / 8) * 2.0 ** (exponent - 7)
    return -magnitude if sign else magnitude


E4M3 = np.array([_e4m3_value(code) for code in range(256)], dtype=np.float32)
E2M1 = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6], dtype=np.float32)


def decode_e4m3(codes: np.ndarray) -> np.ndarray:
    """E4M3 without infinities (bias 7, 0x7F and 0xFF are NaN), any shape of uint8."""
    return E4M3[codes]


def decode_e2m1_pairs(packed: np.ndarray) -> np.ndarray:
    """[out, in/2] bytes to [out, in]: the low nibble is the even element, the high nibble the odd one."""
    values = np.empty((packed.shape[0], packed.shape[1] * 2), dtype=np.float32)
    values[:, 0::2] = E2M1[packed & 15]
    values[:, 1::2] = E2M1[packed >> 4]
    return values


def decode_nvfp4(packed: np.ndarray, block_scales: np.ndarray, tensor_scale: np.float32) -> np.ndarray:
    """(E2M1 * E4M3) * tensor scale, in float32. The first product is exact (2 + 4 significant bits), so the only
    rounding is that of the second."""
    blocks = np.repeat(decode_e4m3(block_scales), 16, axis=1)
    return (decode_e2m1_pairs(packed) * blocks) * np.float32(tensor_scale)


def decode_bf16(bits: np.ndarray) -> np.ndarray:
    return (bits.astype(np.uint32) << 16).view(np.float32)


def decode_f16(bits: np.ndarray) -> np.ndarray:
    """IEEE half precision from its fields; NaNs come back quiet, without their payload."""
    bits = bits.astype(np.int64)
    sign, exponent, mantissa = bits >> 15, (bits >> 10) & 31, bits & 1023
    magnitude = np.where(exponent == 0, mantissa * 2.0**-24, (1 + mantissa / 1024) * 2.0 ** (exponent - 15.0))
    magnitude = np.where(exponent == 31, np.where(mantissa == 0, np.inf, np.nan), magnitude)
    return np.where(sign == 1, -magnitude, magnitude).astype(np.float32)


def encode_bf16(values: np.ndarray) -> np.ndarray:
    """float32 to BF16 bits; finite input only."""
    bits = np.asarray(values, dtype=np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16).astype(np.uint16)


def _nearest(table: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Index of the nearest entry of an ascending table whose index parity is the parity of the code; a tie takes the
    even index, values beyond the end the last."""
    upper = np.clip(np.searchsorted(table, values), 1, len(table) - 1)
    lower = upper - 1
    below, above = values - table[lower], table[upper] - values
    take_upper = (above < below) | ((above == below) & (upper % 2 == 0))
    return np.where(take_upper, upper, lower).astype(np.uint8)


def encode_e4m3(values: np.ndarray) -> np.ndarray:
    """Saturating at 448; finite input only."""
    values = np.asarray(values, dtype=np.float64)
    codes = _nearest(E4M3[:127].astype(np.float64), np.minimum(np.abs(values), 448.0))
    return codes | np.where(np.signbit(values), 0x80, 0).astype(np.uint8)


def encode_e2m1(values: np.ndarray) -> np.ndarray:
    """Saturating at 6, one code a byte; finite input only. A negative value that rounds to zero keeps its sign."""
    values = np.asarray(values, dtype=np.float64)
    codes = _nearest(E2M1[:8].astype(np.float64), np.minimum(np.abs(values), 6.0))
    return codes | np.where(values < 0, 8, 0).astype(np.uint8)


def pack_pairs(codes: np.ndarray) -> np.ndarray:
    """[out, in] codes of four bits to [out, in/2] bytes, even element in the low nibble."""
    return (codes[:, 0::2] | (codes[:, 1::2] << 4)).astype(np.uint8)
