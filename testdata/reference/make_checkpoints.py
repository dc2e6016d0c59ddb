"""Writes the checkpoints and their goldens: python testdata/reference/make_checkpoints.py [NAME...]"""

import json
import shutil
import sys
import tempfile
import zlib
from pathlib import Path

import golden
import safetensors_file
import second_opinion
import storage
import tokenizer
from catalogue import CHECKPOINTS, Checkpoint
from nemotron_h import NemotronH
from shapes import RandomWeights

ROOT = Path(__file__).resolve().parent.parent / "checkpoints"


def seed(checkpoint: Checkpoint, purpose: str) -> int:
    return zlib.crc32(f"{checkpoint.name}/{purpose}".encode())


def write_json(path: Path, value: dict) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n")


def write_folder(checkpoint: Checkpoint, folder: Path) -> None:
    weights = RandomWeights(checkpoint.shape, seed(checkpoint, "weights")).tensors
    stored = checkpoint.rename(storage.store(weights, checkpoint.plain, checkpoint.rules))
    config, hf_quant_config = checkpoint.quantisation(stored, checkpoint.config(checkpoint.shape.config()))
    write_json(folder / "config.json", config)
    if hf_quant_config:
        write_json(folder / "hf_quant_config.json", hf_quant_config)
    if checkpoint.shards > 1:
        safetensors_file.write_sharded(folder, stored, checkpoint.shards)
    else:
        safetensors_file.write(folder / "model.safetensors", stored, checkpoint.aligned)


def make(checkpoint: Checkpoint) -> dict:
    folder = ROOT / checkpoint.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if checkpoint.resaved:
        with tempfile.TemporaryDirectory() as temporary:
            write_folder(checkpoint, Path(temporary))
            second_opinion.resave(Path(temporary), folder)
    else:
        write_folder(checkpoint, folder)
        write_json(folder / "generation_config.json", {
            "_from_model_config": True, "bos_token_id": 1, "eos_token_id": [2, 11], "pad_token_id": 0,
            "do_sample": True, "temperature": 1.0, "top_p": 0.95})
    if checkpoint.tokenizer:
        tokenizer.write(folder, checkpoint.shape.vocabulary)

    model = NemotronH.load(folder)
    result = golden.values(model, seed(checkpoint, "prompts"), checkpoint.long)
    unused = count_experts(model) - len(model.experts_used)
    all_logits = [model.logits(model.trunk(sequence["ids"], {})) for sequence in result["sequences"]]
    opinion = second_opinion.compare(folder, model, checkpoint.opinion, result["sequences"], all_logits)
    golden.write(folder / "golden.json", {
        "schema": 1, "checkpoint": checkpoint.name, "description": checkpoint.description,
        "reference": "numpy float64", "vocabulary": all_logits[0].shape[1]} | result | {"transformers": opinion})
    report(checkpoint, folder, result, opinion, unused, all_logits)


def count_experts(model: NemotronH) -> int:
    return sum(".experts." in name and name.endswith("up_proj.weight") for name in model.weights)


def report(checkpoint: Checkpoint, folder: Path, result: dict, opinion: dict, unused: int, all_logits) -> None:
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1024
    margins = [sequence["margins"] for sequence in result["sequences"]]
    router = min((margin["router"] for margin in margins if "router" in margin), default=float("nan"))
    errors = opinion["relative_l2"]
    print(f"| {checkpoint.name} | {errors['float64']:.1e} | {errors['float32']:.1e} "
          f"| {errors.get('draft', float('nan')):.1e} | {opinion['source']} "
          f"| {min(margin['greedy'] for margin in margins):.4f} | {router:.4f} | {all_logits[0].std():.1f} "
          f"| {unused} | {size:.0f} |", flush=True)


def main() -> None:
    wanted = set(sys.argv[1:]) or {checkpoint.name for checkpoint in CHECKPOINTS}
    print("| checkpoint | transformers f64 | transformers f32 | drafts f64 | given | least lead | least router gap "
          "| logits' deviation | idle experts | KiB |\n|---|---|---|---|---|---|---|---|---|---|")
    for checkpoint in CHECKPOINTS:
        if checkpoint.name in wanted:
            make(checkpoint)


if __name__ == "__main__":
    main()
