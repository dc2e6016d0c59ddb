"""The nemotron_h forward pass in float64, written for reading: one function a block kind, one loop over time.

Notation: T tokens, h hidden size, H Mamba heads of P channels, N state size, G groups of B and C, d = H P,
Cd = d + 2 G N convolved channels, E experts.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

import weights as checkpoint_weights

KINDS = {
    "M": "M", "*": "*", "-": "-", "E": "E", "mamba": "M", "linear_attention": "M", "attention": "*",
    "full_attention": "*", "mlp": "-", "moe": "E",
}


@dataclass
class Config:
    """The keys of config.json that the mathematics needs."""

    blocks: list[str]
    mtp_blocks: list[str]
    heads: int
    kv_heads: int
    head_dim: int
    mamba_heads: int
    mamba_head_dim: int
    state: int
    groups: int
    eps: float
    dt_limit: tuple[float, float]
    top_k: int
    route_groups: int
    route_top_groups: int
    normalise_routes: bool
    route_scale: float

    @staticmethod
    def read(folder: Path) -> "Config":
        raw = json.loads((folder / "config.json").read_text())
        raw = raw.get("llm_config") or raw.get("text_config") or raw

        def first(*keys, default=None):
            return next((raw[key] for key in keys if raw.get(key) is not None), default)

        def bound(value) -> float:
            return float(value["__float__"] if isinstance(value, dict) else value)

        trunk = first("hybrid_override_pattern", "layers_block_type", "layer_types")
        head = first("mtp_hybrid_override_pattern", "mtp_layers_block_type", default="*E")
        return Config(
            blocks=[KINDS[kind] for kind in trunk],
            mtp_blocks=[KINDS[kind] for kind in head] * first("num_nextn_predict_layers", default=0),
            heads=raw["num_attention_heads"],
            kv_heads=raw["num_key_value_heads"],
            head_dim=first("head_dim", "attention_head_dim", default=128),
            mamba_heads=raw["mamba_num_heads"],
            mamba_head_dim=raw["mamba_head_dim"],
            state=raw["ssm_state_size"],
            groups=first("n_groups", "mamba_n_groups", default=8),
            eps=first("layer_norm_epsilon", "norm_eps", "rms_norm_eps", default=1e-5),
            dt_limit=tuple(bound(v) for v in first("time_step_limit", "mamba_dt_limit", default=[0.0, np.inf])),
            top_k=first("num_experts_per_tok", default=2),
            route_groups=first("n_group", default=1),
            route_top_groups=first("topk_group", default=1),
            normalise_routes=first("norm_topk_prob", default=True),
            route_scale=first("routed_scaling_factor", default=1.0),
        )


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


def silu(v):
    return v * sigmoid(v)


def softplus(v):
    return np.where(v > 20, v, np.log1p(np.exp(np.minimum(v, 20))))


def relu2(v):
    return np.maximum(v, 0) ** 2


class NemotronH:
    """One model. A state is a dictionary from block prefix to what the block remembers; an empty one is the start of
    a sequence, and a shallow copy of it is a fork: entries are replaced, never changed."""

    def __init__(self, config: Config, weights: dict[str, np.ndarray]):
        self.config, self.weights = config, weights
        # The gap between the last chosen and the first rejected expert (or group), for every choice made.
        self.routing_margins: list[float] = []
        self.experts_used: set[str] = set()

    @staticmethod
    def load(folder: Path) -> "NemotronH":
        return NemotronH(Config.read(folder), checkpoint_weights.read(folder))

    @property
    def has_mtp(self) -> bool:
        return bool(self.config.mtp_blocks) and "mtp.layers.0.eh_proj.weight" in self.weights

    # Whole model

    def trunk(self, ids, state) -> np.ndarray:
        """[T] ids to [T, h], after the final norm; the state moves on by T tokens."""
        x = self.weights["backbone.embeddings.weight"][list(ids)]
        for i, kind in enumerate(self.config.blocks):
            x = self.block(f"backbone.layers.{i}", kind, x, state)
        return self.norm(x, "backbone.norm_f")

    def logits(self, hidden) -> np.ndarray:
        head = self.weights.get("lm_head.weight")
        return hidden @ (self.weights["backbone.embeddings.weight"] if head is None else head).T

    def block(self, prefix, kind, x, state) -> np.ndarray:
        mixer = {"M": self.mamba, "*": self.attention, "-": self.mlp, "E": self.moe}[kind]
        return x + mixer(prefix + ".mixer", self.norm(x, prefix + ".norm"), state)

    def mtp(self, hidden, next_ids, state) -> np.ndarray:
        """[T, h] hidden states (of the trunk or of this head itself) and the tokens that follow them to [T, h]."""
        last = f"mtp.layers.{len(self.config.mtp_blocks) - 1}"
        embedded = self.weights["backbone.embeddings.weight"][list(next_ids)]
        joined = [self.norm(embedded, "mtp.layers.0.enorm"), self.norm(hidden, "mtp.layers.0.hnorm")]
        x = self.linear("mtp.layers.0.eh_proj", np.concatenate(joined, axis=-1))
        for i, kind in enumerate(self.config.mtp_blocks):
            x = self.block(f"mtp.layers.{i}", kind, x, state)
        return self.norm(x, last + ".final_layernorm")

    # Blocks

    def mamba(self, prefix, u, state) -> np.ndarray:
        c, w = self.config, self.weights
        inner, bc = c.mamba_heads * c.mamba_head_dim, c.groups * c.state
        z, xbc, dt = np.split(self.linear(prefix + ".in_proj", u), [inner, 2 * inner + 2 * bc], axis=-1)
        xbc = silu(self.convolution(prefix + ".conv1d", xbc, state))
        x, b, cc = np.split(xbc, [inner, inner + bc], axis=-1)
        dt = np.clip(softplus(dt + w[prefix + ".dt_bias"]), *c.dt_limit)
        decay = np.exp(dt * -np.exp(w[prefix + ".A_log"]))
        y = np.empty((len(u), c.mamba_heads, c.mamba_head_dim))
        s = state.get(prefix, np.zeros((c.mamba_heads, c.mamba_head_dim, c.state)))
        for t in range(len(u)):
            xt = x[t].reshape(c.mamba_heads, c.mamba_head_dim)
            bt = np.repeat(b[t].reshape(c.groups, c.state), c.mamba_heads // c.groups, axis=0)
            ct = np.repeat(cc[t].reshape(c.groups, c.state), c.mamba_heads // c.groups, axis=0)
            s = decay[t][:, None, None] * s + (dt[t][:, None] * xt)[:, :, None] * bt[:, None, :]
            y[t] = np.einsum("hpn,hn->hp", s, ct) + w[prefix + ".D"][:, None] * xt
        state[prefix] = s
        return self.linear(prefix + ".out_proj", self.gated(y, z) * w[prefix + ".norm.weight"])

    def gated(self, y, z) -> np.ndarray:
        """Gate first, then RMS over each of the G groups of channels; [T, H, P] and [T, d] to [T, d]."""
        product = (y.reshape(z.shape) * silu(z)).reshape(len(z), self.config.groups, -1)
        return self.rms(product).reshape(z.shape)

    def convolution(self, prefix, xbc, state) -> np.ndarray:
        """Causal and depthwise; the last tap multiplies the current token."""
        taps = self.weights[prefix + ".weight"]
        reach = taps.shape[1] - 1
        window = np.concatenate([state.get(prefix, np.zeros((reach, xbc.shape[1]))), xbc])
        state[prefix] = window[len(window) - reach:]
        total = sum(taps[:, k] * window[k : k + len(xbc)] for k in range(reach + 1))
        return total + self.weights.get(prefix + ".bias", 0.0)

    def attention(self, prefix, u, state) -> np.ndarray:
        """Causal, grouped queries, no position information of any kind."""
        c = self.config
        q = self.linear(prefix + ".q_proj", u).reshape(len(u), c.heads, c.head_dim)
        k = self.linear(prefix + ".k_proj", u).reshape(len(u), c.kv_heads, c.head_dim)
        v = self.linear(prefix + ".v_proj", u).reshape(len(u), c.kv_heads, c.head_dim)
        if prefix in state:
            k, v = (np.concatenate([old, new]) for old, new in zip(state[prefix], (k, v)))
        state[prefix] = (k, v)
        past, out = len(k) - len(u), np.empty_like(q)
        for t in range(len(u)):
            for head in range(c.heads):
                kv = head // (c.heads // c.kv_heads)
                scores = k[: past + t + 1, kv] @ q[t, head] * c.head_dim**-0.5
                share = np.exp(scores - scores.max())
                out[t, head] = share / share.sum() @ v[: past + t + 1, kv]
        return self.linear(prefix + ".o_proj", out.reshape(len(u), -1))

    def mlp(self, prefix, u, state=None) -> np.ndarray:
        return self.linear(prefix + ".down_proj", relu2(self.linear(prefix + ".up_proj", u)))

    def moe(self, prefix, u, state) -> np.ndarray:
        latent = prefix + ".fc1_latent_proj.weight" in self.weights
        inputs = self.linear(prefix + ".fc1_latent_proj", u) if latent else u
        routed = np.zeros_like(inputs)
        for t in range(len(u)):
            for expert, share in zip(*self.route(prefix + ".gate", u[t])):
                self.experts_used.add(f"{prefix}.experts.{expert}")
                routed[t] += share * self.mlp(f"{prefix}.experts.{expert}", inputs[t])
        if latent:
            routed = self.linear(prefix + ".fc2_latent_proj", routed)
        return routed + self.mlp(prefix + ".shared_experts", u)

    def route(self, prefix, u) -> tuple[np.ndarray, np.ndarray]:
        """The chosen experts and their shares. The correction bias helps to choose and has no part in the share."""
        c = self.config
        score = sigmoid(self.weights[prefix + ".weight"] @ u)
        choice = score + self.weights[prefix + ".e_score_correction_bias"]
        if c.route_groups > 1:
            by_group = choice.reshape(c.route_groups, -1)
            kept = self.largest(np.sort(by_group, axis=1)[:, -2:].sum(axis=1), c.route_top_groups)
            barred = np.setdiff1d(np.arange(c.route_groups), kept)
            by_group = by_group.copy()
            by_group[barred] = -np.inf
            choice = by_group.reshape(-1)
        chosen = self.largest(choice, c.top_k)
        return chosen, self.shares(score, choice, chosen)

    def shares(self, score, choice, chosen) -> np.ndarray:
        share = score[chosen]
        if self.config.normalise_routes:
            share = share / (share.sum() + 1e-20)
        return share * self.config.route_scale

    def largest(self, values, count) -> np.ndarray:
        """Indices of the largest values, ascending; of equals the lower index."""
        order = np.argsort(-values, kind="stable")
        if count < len(values):
            self.routing_margins.append(values[order[count - 1]] - values[order[count]])
        return np.sort(order[:count])

    # Parts

    def linear(self, module, x) -> np.ndarray:
        return x @ self.weights[module + ".weight"].T + self.weights.get(module + ".bias", 0.0)

    def norm(self, x, module) -> np.ndarray:
        return self.rms(x) * self.weights[module + ".weight"]

    def rms(self, x) -> np.ndarray:
        return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + self.config.eps)

    # Generation

    def greedy(self, ids, count) -> tuple[list[int], float]:
        """The next tokens by largest logit, and the smallest lead that any of them had over its runner-up."""
        state, tokens, lead = {}, [], np.inf
        row = self.logits(self.trunk(ids, state)[-1])
        for _ in range(count):
            second, best = np.sort(row)[-2:]
            lead = min(lead, best - second)
            tokens.append(int(np.argmax(row)))
            row = self.logits(self.trunk(tokens[-1:], state)[-1])
        return tokens, lead

    def draft(self, ids, steps) -> np.ndarray:
        """[steps, vocabulary]: the head's logits after the prompt.

        Step 1 takes the trunk's last hidden state and its greedy next token; the head has seen the true pairs
        (hidden i, token i+1) of all earlier positions. Each further step takes the head's own last output and its
        own greedy token, at the next position.
        """
        hidden, state = self.trunk(ids, {}), {}
        token = int(np.argmax(self.logits(hidden[-1])))
        output, rows = self.mtp(hidden, [*ids[1:], token], state)[-1:], []
        for _ in range(steps):
            rows.append(self.logits(output[0]))
            if len(rows) < steps:
                output = self.mtp(output, [int(np.argmax(rows[-1]))], state)
        return np.array(rows)
