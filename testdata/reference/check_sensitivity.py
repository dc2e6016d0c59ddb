"""Shows that the goldens can fail: each usual mistake, made on purpose, must move the logits far beyond the tolerance.

Run: python testdata/reference/check_sensitivity.py
"""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

import weights as checkpoint_weights
from nemotron_h import Config, NemotronH
from numeric import relative_l2

ROOT = Path(__file__).resolve().parent.parent / "checkpoints"
TOLERANCE, CLEAR = 1e-5, 1e-4


class OneNormGroup(NemotronH):
    def rms(self, x):
        return super().rms(x.reshape(len(x), 1, -1)).reshape(x.shape) if x.ndim == 3 else super().rms(x)


class NormBeforeGate(NemotronH):
    def gated(self, y, z):
        shape = (len(y), self.config.groups, -1)
        return self.rms(y.reshape(shape)).reshape(z.shape) * (z / (1 + np.exp(-z)))


class Rotary(NemotronH):
    def linear(self, module, x):
        y = super().linear(module, x)
        if not module.endswith(("q_proj", "k_proj")):
            return y
        half = self.config.head_dim // 2
        heads = y.reshape(len(y), -1, 2, half)
        angle = np.arange(len(y))[:, None, None] * 10000.0 ** (-np.arange(half) / half)
        a, b = heads[:, :, 0], heads[:, :, 1]
        turned = [a * np.cos(angle) - b * np.sin(angle), b * np.cos(angle) + a * np.sin(angle)]
        return np.stack(turned, axis=2).reshape(y.shape)


class BiasInShares(NemotronH):
    def shares(self, score, choice, chosen):
        return super().shares(choice, choice, chosen)


class MeanSubtracted(NemotronH):
    def norm(self, x, module):
        return super().norm(x - x.mean(axis=-1, keepdims=True) if module.endswith("final_layernorm") else x, module)


def configured(**changes) -> Callable:
    return lambda config, weights: NemotronH(replace(config, **changes), weights)


def weighted(suffix: str, change: Callable) -> Callable:
    return lambda config, weights: NemotronH(
        config, {name: change(value) if name.endswith(suffix) else value for name, value in weights.items()})


def swapped_halves(value: np.ndarray) -> np.ndarray:
    return np.concatenate(np.split(value, 2, axis=1)[::-1], axis=1)


def has(kind: str) -> Callable:
    return lambda config, weights: kind in config.blocks


def has_mtp(config: Config, weights: dict[str, np.ndarray]) -> bool:
    return "mtp.layers.0.eh_proj.weight" in weights


MISTAKES = [
    ("time step clamped at time_step_min", has("M"), configured(dt_limit=(0.001, np.inf))),
    ("time_step_limit ignored", lambda c, w: c.dt_limit[0] > 0, configured(dt_limit=(0.0, np.inf))),
    ("Mamba state forgotten", has("M"), weighted(".A_log", lambda v: v + 20)),
    ("D left out", has("M"), weighted(".D", lambda v: v * 0)),
    ("convolution taps reversed", has("M"), weighted("conv1d.weight", lambda v: v[:, ::-1])),
    ("convolution bias left out", lambda c, w: any(n.endswith("conv1d.bias") for n in w),
     weighted("conv1d.bias", lambda v: v * 0)),
    ("one norm group", lambda c, w: "M" in c.blocks and c.groups > 1, OneNormGroup),
    ("norm before gate", has("M"), NormBeforeGate),
    ("epsilon 1e-6", has("M"), configured(eps=1e-6)),
    ("rotary positions", has("*"), Rotary),
    ("correction bias ignored", has("E"), weighted("e_score_correction_bias", lambda v: v * 0)),
    ("correction bias in the shares", has("E"), BiasInShares),
    ("shares normalised or not, the other way", has("E"),
     lambda c, w: NemotronH(replace(c, normalise_routes=not c.normalise_routes), w)),
    ("routed_scaling_factor left out", has("E"), configured(route_scale=1.0)),
    ("group limit ignored", lambda c, w: c.route_groups > 1, configured(route_groups=1)),
    ("eh_proj halves swapped", has_mtp, weighted("eh_proj.weight", swapped_halves)),
    ("final_layernorm subtracts the mean", has_mtp, MeanSubtracted),
]


def outputs(model: NemotronH, sequence: dict) -> np.ndarray:
    rows = model.logits(model.trunk(sequence["ids"], {}))[sequence["positions"]]
    if "draft" not in sequence:
        return rows
    return np.concatenate([rows, model.draft(sequence["ids"], len(sequence["draft"]["logits"]))])


def main() -> None:
    effects: dict[str, list[tuple[float, str]]] = {name: [] for name, _, _ in MISTAKES}
    for folder in sorted(path.parent for path in ROOT.glob("*/golden.json")):
        sequence = json.loads((folder / "golden.json").read_text())["sequences"][1]
        truth = np.array(sequence["logits"] + sequence.get("draft", {}).get("logits", []))
        config, weights = Config.read(folder), checkpoint_weights.read(folder)
        if relative_l2(outputs(NemotronH(config, weights), sequence), truth) > 1e-9:
            raise SystemExit(f"{folder.name}: golden.json is not what the reference gives")
        for name, applies, make in MISTAKES:
            if applies(config, weights):
                effects[name].append((relative_l2(outputs(make(config, weights), sequence), truth), folder.name))
    print(f"| mistake | checkpoints | least relative L2 | largest | below {CLEAR:g} |\n|---|---|---|---|---|")
    for name, found in effects.items():
        blind = [checkpoint for effect, checkpoint in found if effect < CLEAR]
        print(f"| {name} | {len(found)} | {min(found)[0]:.1e} | {max(found)[0]:.1e} | {', '.join(blind)} |")
        if max(found)[0] < 100 * TOLERANCE:
            raise SystemExit(f"no checkpoint notices: {name}")


if __name__ == "__main__":
    main()
