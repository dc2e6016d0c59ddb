"""The same logits by transformers' NemotronHForCausalLM, which shares nothing with the float64 reference.

What has to be put right first is recorded as repairs:
- its Mamba mixer clamps the time step at time_step_min and ignores time_step_limit;
- it ignores attention_head_dim, and norm_eps where layer_norm_epsilon is missing;
- it does not tie the head to the embeddings.
"""

import copy
import json
import math
from pathlib import Path

import numpy as np
import torch
import transformers
from transformers import NemotronHConfig, NemotronHForCausalLM, NemotronHModel

import safetensors_file
from nemotron_h import Config, NemotronH
from numeric import relative_l2

torch.set_num_threads(1)
transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()


def repaired_config(folder: Path, repairs: list[str]) -> NemotronHConfig:
    raw = json.loads((folder / "config.json").read_text())
    raw = raw.get("llm_config") or raw.get("text_config") or raw
    raw.pop("quantization_config", None)
    for missing, present in (("head_dim", "attention_head_dim"), ("layer_norm_epsilon", "norm_eps")):
        if raw.get(missing) is None and raw.get(present) is not None:
            raw[missing] = raw[present]
            repairs.append(f"{missing} = {present}")
    raw["time_step_limit"] = [float(b["__float__"] if isinstance(b, dict) else b)
                              for b in raw.get("time_step_limit", [0.0, math.inf])]
    return NemotronHConfig(**raw)


def load(folder: Path, weights: dict[str, np.ndarray] | None, dtype: torch.dtype) -> tuple[NemotronHForCausalLM, list]:
    """From the folder, or from weights that were read and dequantised for it."""
    repairs: list[str] = []
    config = repaired_config(folder, repairs)
    plain = {"attn_implementation": "eager", "experts_implementation": "eager"}
    if weights is None:
        model = NemotronHForCausalLM.from_pretrained(folder, config=config, dtype=dtype, **plain)
    else:
        model = NemotronHForCausalLM._from_config(config, dtype=dtype, **plain)
        model.load_state_dict(trunk_state(weights))
    if not any("lm_head" in name for name in _names(folder, weights)):
        model.lm_head.weight = model.model.embeddings.weight
        repairs.append("lm_head = embeddings")
    limit = tuple(math.inf if bound > 3e38 else bound for bound in Config.read(folder).dt_limit)
    for block in model.model.layers:
        if hasattr(block.mixer, "time_step_limit"):
            block.mixer.time_step_limit = limit
    repairs.append(f"time_step_limit = {limit}")
    return model.eval(), repairs


def trunk_state(weights: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    state = {name.replace("backbone.", "model."): torch.tensor(value[:, None] if "conv1d.weight" in name else value)
             for name, value in weights.items() if not name.startswith("mtp.")}
    return fused_experts(state)


def fused_experts(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """One 3-D tensor for the experts of a block."""
    fused, parts = {}, {}
    for name, value in state.items():
        module, _, rest = name.partition(".experts.")
        if rest:
            number, projection, _ = rest.split(".")
            parts.setdefault(f"{module}.experts.{projection}", {})[int(number)] = value
        else:
            fused[name] = value
    return fused | {name: torch.stack([matrices[i] for i in range(len(matrices))]) for name, matrices in parts.items()}


def _names(folder: Path, weights: dict | None) -> list[str]:
    if weights is not None:
        return list(weights)
    return list(safetensors_file.read_folder(folder))


@torch.no_grad()
def logits(model: NemotronHForCausalLM, ids: list[int]) -> np.ndarray:
    hidden = model.model(input_ids=torch.tensor([ids]), use_cache=False).last_hidden_state
    return model.lm_head(hidden)[0].double().numpy()


def resave(source: Path, target: Path) -> None:
    """What save_pretrained makes of a folder."""
    NemotronHForCausalLM.from_pretrained(source, dtype=torch.bfloat16).save_pretrained(target)


class Head:
    """The MTP head put together from transformers' blocks, which load trunks only. No cache: every draft step runs the
    head over the whole sequence again, so the reference's cache is checked as well."""

    def __init__(self, model: NemotronHForCausalLM, weights: dict[str, np.ndarray], blocks: list[str]):
        self.model, self.weights = model, {name: torch.tensor(value) for name, value in weights.items()}
        config = copy.deepcopy(model.config)
        config.layers_block_type = [{"*": "full_attention", "E": "moe", "-": "mlp"}[kind] for kind in blocks]
        self.blocks = NemotronHModel(config).double()
        state = {name.removeprefix("mtp."): value for name, value in self.weights.items()
                 if name.startswith("mtp.") and (".mixer." in name or name.endswith(".norm.weight"))}
        state["norm_f.weight"] = self.weights[f"mtp.layers.{len(blocks) - 1}.final_layernorm.weight"]
        state["embeddings.weight"] = model.model.embeddings.weight
        self.blocks.load_state_dict(fused_experts(state))

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        weight = self.weights[f"mtp.layers.0.{name}.weight"]
        return torch.nn.functional.rms_norm(x, x.shape[-1:], weight, self.model.config.layer_norm_epsilon)

    @torch.no_grad()
    def draft(self, ids: list[int], steps: int) -> np.ndarray:
        hidden = self.model.model(input_ids=torch.tensor([ids]), use_cache=False).last_hidden_state[0]
        tokens, rows = [*ids[1:], int(self.model.lm_head(hidden[-1]).argmax())], []
        for _ in range(steps):
            embedded = self.model.model.embeddings(torch.tensor(tokens))
            joined = torch.cat([self._norm(embedded, "enorm"), self._norm(hidden, "hnorm")], dim=-1)
            fused = joined @ self.weights["mtp.layers.0.eh_proj.weight"].T
            output = self.blocks(inputs_embeds=fused[None], use_cache=False).last_hidden_state[0, -1]
            rows.append(self.model.lm_head(output).numpy())
            tokens, hidden = [*tokens, int(rows[-1].argmax())], torch.cat([hidden, output[None]])
        return np.array(rows)


def compare(folder: Path, reference: NemotronH, opinion: str, sequences: list[dict], all_logits) -> dict:
    """transformers in float64 (its norms, softmax, scan and router stay float32) and in float32 on every sequence
    against the reference's logits at all positions; keeps the float64 rows of three positions of the first."""
    weights = reference.weights if opinion == "weights" else None
    wide, repairs = load(folder, weights, torch.float64)
    narrow, _ = load(folder, weights, torch.float32)
    rows = [logits(wide, sequence["ids"]) for sequence in sequences]
    errors = {"float64": max(map(relative_l2, rows, all_logits)),
              "float32": max(relative_l2(logits(narrow, s["ids"]), truth) for s, truth in zip(sequences, all_logits))}
    for s in sequences:
        following = logits(wide, s["ids"] + s["greedy"][:-1])[len(s["ids"]) - 1 :].argmax(axis=1)
        if following.tolist() != s["greedy"]:
            raise AssertionError(f"{folder.name}, {s['name']}: transformers continues differently")
    if reference.has_mtp:
        head = Head(wide, reference.weights, reference.config.mtp_blocks)
        errors["draft"] = max(relative_l2(head.draft(s["ids"], len(s["draft"]["logits"])), s["draft"]["logits"])
                              for s in sequences)
    positions = [5, len(sequences[0]["ids"]) - 1]
    return {
        "version": transformers.__version__, "source": "folder" if weights is None else "dequantised weights",
        "repairs": repairs, "relative_l2": {key: float(f"{value:.3g}") for key, value in errors.items()},
        "sequence": sequences[0]["name"], "positions": positions, "logits": rows[0][positions],
    }
