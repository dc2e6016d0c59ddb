"""Writes testdata/formats: number formats code by code, as float32 bit patterns in hexadecimal.

Every table is checked against ml_dtypes or numpy, which know nothing of ours. Run: python make_formats.py
"""

import json
import zlib
from pathlib import Path

import ml_dtypes
import numpy as np

import number_formats as formats

ROOT = Path(__file__).resolve().parent.parent / "formats"


def bits(values) -> list[str]:
    """Hexadecimal float32 bits; any NaN is the word nan."""
    flat = np.asarray(values, dtype=np.float32).reshape(-1)
    return ["nan" if np.isnan(value) else f"{value.view(np.uint32):08x}" for value in flat]


def from_bits(pattern: str) -> np.float32:
    return np.uint32(int(pattern, 16)).view(np.float32)


def checked(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    theirs = theirs.astype(np.float32)
    if bits(ours) != bits(theirs):
        raise AssertionError("the table differs from the second implementation")
    return ours


def write(name: str, value: dict) -> None:
    lines = (f" {json.dumps(key)}: {json.dumps(entry, separators=(',', ':'))}" for key, entry in value.items())
    (ROOT / name).write_text("{\n" + ",\n".join(lines) + "\n}\n")


def codes() -> None:
    """All codes of the small formats, and of the wide ones edge cases together with a checksum over the rest."""
    eight = np.arange(256, dtype=np.uint8)
    e4m3 = checked(formats.decode_e4m3(eight), eight.view(ml_dtypes.float8_e4m3fn))
    e2m1 = checked(formats.E2M1, np.arange(16, dtype=np.uint8).view(ml_dtypes.float4_e2m1fn))
    write("e4m3.json", {"format": "E4M3FN", "note": "value i is the float32 of code i", "values": bits(e4m3)})
    write("e2m1.json", {"format": "E2M1", "note": "value i is the float32 of code i", "values": bits(e2m1)})
    sixteen = np.arange(65536, dtype=np.uint32).astype(np.uint16)
    wide("bf16.json", "BF16", 7, checked(formats.decode_bf16(sixteen), sixteen.view(ml_dtypes.bfloat16)))
    wide("f16.json", "F16", 10, checked(formats.decode_f16(sixteen), sixteen.view(np.float16)))


def wide(name: str, label: str, mantissa_bits: int, values: np.ndarray) -> None:
    full = 1 << mantissa_bits
    step = 1 if mantissa_bits == 10 else 9
    chosen = [exponent * full + mantissa for exponent in range(0, 32768 // full, step)
              for mantissa in (0, 1, full // 2, full - 1)] + [32767 - full + 1, 32767]
    chosen += [code + 32768 for code in chosen]
    numbers = values[~np.isnan(values)]
    write(name, {
        "format": label, "codes": [f"{code:04x}" for code in chosen], "values": bits(values[chosen]),
        "note": "crc32 runs over the little-endian float32 bytes of all 65536 codes in order, NaN codes left out",
        "crc32": f"{zlib.crc32(numbers.astype('<f4').tobytes()):08x}", "numbers": len(numbers)})


def nvfp4() -> None:
    random = np.random.default_rng(7)
    every_code = np.array([[0x10 * (2 * i + 1) + 2 * i for i in range(8)]], dtype=np.uint8)
    cases = [
        ("every code, scale 1", every_code, [[0x38]], "3f800000"),
        ("every code, largest block scale", every_code, [[0x7E]], "39924925"),
        ("every code, smallest block scale", every_code, [[0x01]], "3a924925"),
        ("zero block scale", every_code, [[0x00]], "3a924925"),
        ("result below the normal range", every_code, [[0x03]], "00800000"),
        ("3 x 64 random", random.integers(0, 256, (3, 32), dtype=np.uint8),
         random.integers(1, 0x7F, (3, 4), dtype=np.uint8), "3a1f5b7d"),
        ("5 x 16 random, one block a row", random.integers(0, 256, (5, 8), dtype=np.uint8),
         random.integers(1, 0x7F, (5, 1), dtype=np.uint8), "38d1b717"),
    ]
    entries = []
    for label, packed, scales, factor in cases:
        scales = np.asarray(scales, dtype=np.uint8)
        values = formats.decode_nvfp4(packed, scales, from_bits(factor))
        theirs = np.stack([packed & 15, packed >> 4], axis=-1).reshape(len(packed), -1).view(ml_dtypes.float4_e2m1fn)
        theirs = theirs.astype(np.float32) * np.repeat(scales.view(ml_dtypes.float8_e4m3fn).astype(np.float32), 16, 1)
        checked(values, theirs * from_bits(factor))
        entries.append({"name": label, "rows": len(packed), "columns": packed.shape[1] * 2,
                        "weight": packed.tobytes().hex(), "weight_scale": scales.tobytes().hex(),
                        "weight_scale_2": factor, "values": bits(values)})
    reciprocal = "44a80000"  # 1344 = 2688 / 2
    factor = np.float32(1) / from_bits(reciprocal)
    packed = random.integers(0, 256, (2, 16), dtype=np.uint8)
    scales = random.integers(1, 0x7F, (2, 2), dtype=np.uint8)
    write("nvfp4.json", {
        "format": "NVFP4",
        "order": "float32((E2M1 * E4M3) * weight_scale_2): the first product is exact, the second rounds once",
        "layout": "low nibble = even column; one E4M3 scale for 16 columns, row-major",
        "cases": entries,
        "compressed_order": "factor = float32(1 / weight_global_scale), then as above",
        "compressed": [{"name": "reciprocal global scale", "rows": 2, "columns": 32,
                        "weight_packed": packed.tobytes().hex(), "weight_scale": scales.tobytes().hex(),
                        "weight_global_scale": reciprocal, "factor": bits(factor)[0],
                        "values": bits(formats.decode_nvfp4(packed, scales, factor))}]})


def fp8() -> None:
    random = np.random.default_rng(8)
    codes_ = random.integers(0, 0x7F, (3, 10), dtype=np.uint8) | (random.integers(0, 2, (3, 10), dtype=np.uint8) << 7)
    tensor, rows = np.float32(0.0123), np.array([0.001, 0.25, 3.7], dtype=np.float32)
    values = formats.decode_e4m3(codes_)
    checked(values, codes_.view(ml_dtypes.float8_e4m3fn))
    write("fp8.json", {
        "format": "FP8", "order": "float32(E4M3 * weight_scale), rounded once", "rows": 3, "columns": 10,
        "weight": codes_.tobytes().hex(), "tensor_scale": bits(tensor)[0], "tensor_values": bits(values * tensor),
        "channel_scales": bits(rows), "channel_values": bits(values * rows[:, None])})


def encoders() -> None:
    """Rounding of the encoders; the expected codes are those of the specification, reproduced here."""
    inputs = [1.0, 1.0625, 1.1875, 0.3, -0.3, 17, 19, 447, 464, 500, 2**-6, 2**-9, 2**-10, 1.5 * 2**-10, 240, -448]
    expected = bytes.fromhex("38383A2AAA585A7E7E7E080100 0177FE".replace(" ", ""))
    if formats.encode_e4m3(np.array(inputs)).tobytes() != expected:
        raise AssertionError("E4M3 rounding")
    block = np.array([np.float32(0.1 * i - 0.75) for i in range(16)])
    rows = [(0.75, 6, 448, 0x7E, "ffeecd9a21546677"), (3.0, 6, 448, 0x6E, "ffeecd9a21546677"),
            (3.0, 4, 448, 0x72, "eeddbc9a21435566"), (3.0, 6, 256, 0x68, "ffeecd9a21546677"),
            (3.0, 4, 256, 0x6C, "decdbc9a21435465")]
    entries = []
    for amax, largest, norm, scale, packed in rows:
        factor = np.float32(amax / (6 * norm))
        found = formats.encode_e4m3(np.abs(block).max() / (largest * np.float64(factor)))
        step = formats.decode_e4m3(found).astype(np.float64) * factor
        codes_ = formats.pack_pairs(formats.encode_e2m1(block / step)[None])
        if found != scale or codes_.tobytes().hex() != packed:
            raise AssertionError(f"NVFP4 row {amax} {largest} {norm}: {found:#x} {codes_.tobytes().hex()}")
        entries.append({"amax": amax, "largest": largest, "norm": norm, "weight_scale_2": bits(factor)[0],
                        "weight_scale": f"{scale:02x}", "weight": packed,
                        "squared_error": round(squared_error(block, codes_, step), 7)})
    best = min(range(1, 0x7F), key=lambda code: swept(block, code)[0])
    ties = np.array([0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5, 5.01, 7, -0.1, -0.25, -5])
    write("encode.json", {
        "note": "round to nearest, ties to even, saturating",
        "e4m3_inputs": bits(inputs), "e4m3_codes": expected.hex(),
        "e2m1_inputs": bits(ties), "e2m1_codes": formats.encode_e2m1(ties).tobytes().hex(),
        "nvfp4_inputs": bits(block), "nvfp4": entries,
        "nvfp4_sweep": {"weight_scale_2": "3a924925", "weight_scale": f"{best:02x}", "weight": swept(block, best)[1],
                        "squared_error": round(swept(block, best)[0], 7)}})


def swept(block: np.ndarray, scale_code: int) -> tuple[float, str]:
    step = float(formats.E4M3[scale_code]) * float(from_bits("3a924925"))
    packed = formats.pack_pairs(formats.encode_e2m1(block / step)[None])
    return squared_error(block, packed, step), packed.tobytes().hex()


def squared_error(block: np.ndarray, packed: np.ndarray, step: float) -> float:
    return float(((formats.decode_e2m1_pairs(packed)[0].astype(np.float64) * step - block) ** 2).sum())


if __name__ == "__main__":
    for part in (codes, nvfp4, fp8, encoders):
        part()
