"""The safetensors container, read and written from its specification."""

import json
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np

NUMPY_TYPES = {
    "F64": np.float64, "F32": np.float32, "F16": np.uint16, "BF16": np.uint16, "F8_E4M3": np.uint8,
    "U8": np.uint8, "I64": np.int64,
}


class Tensor(NamedTuple):
    """Elements as stored: floats of 16 and 8 bits stay bit patterns."""

    dtype: str
    data: np.ndarray


def read(path: Path) -> dict[str, Tensor]:
    raw = path.read_bytes()
    (header_length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + header_length])
    start, tensors = 8 + header_length, {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        data = np.frombuffer(raw[start + begin : start + end], dtype=NUMPY_TYPES[entry["dtype"]])
        tensors[name] = Tensor(entry["dtype"], data.reshape(entry["shape"]))
    return tensors


def write(path: Path, tensors: dict[str, Tensor], aligned: bool = True) -> None:
    """Tensors grouped by element size (large first), then by name, as the usual writer does.

    With aligned = False the header is padded so that the data begins at an odd offset, which the format allows.
    """
    header, offset, parts = {"__metadata__": {"format": "pt"}}, 0, []
    for name in sorted(tensors, key=lambda n: (-tensors[n].data.itemsize, n)):
        dtype, data = tensors[name]
        blob = np.ascontiguousarray(data).tobytes()
        header[name] = {"dtype": dtype, "shape": list(data.shape), "data_offsets": [offset, offset + len(blob)]}
        offset += len(blob)
        parts.append(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8 + (0 if aligned else 3))
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))


def read_folder(folder: Path) -> dict[str, Tensor]:
    """All tensors of a checkpoint: the shards that the index names, or the one file."""
    index = folder / "model.safetensors.index.json"
    if not index.exists():
        return read(folder / "model.safetensors")
    weight_map = json.loads(index.read_text())["weight_map"]
    shards = {shard: read(folder / shard) for shard in set(weight_map.values())}
    return {name: shards[shard][name] for name, shard in weight_map.items()}


def write_sharded(folder: Path, tensors: dict[str, Tensor], shards: int) -> None:
    """Tensor i of the sorted names goes to shard i mod shards, so a module's tensors lie in several files."""
    weight_map, contents = {}, [{} for _ in range(shards)]
    for position, name in enumerate(sorted(tensors)):
        weight_map[name] = f"model-{position % shards + 1:05d}-of-{shards:05d}.safetensors"
        contents[position % shards][name] = tensors[name]
    for number, part in enumerate(contents, start=1):
        write(folder / f"model-{number:05d}-of-{shards:05d}.safetensors", part)
    total = sum(tensor.data.nbytes for tensor in tensors.values())
    index = {"metadata": {"total_size": total}, "weight_map": weight_map}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
