"""Sizes of a small model, its config.json in the spelling of the published dense models, and healthy random weights.

Healthy: logits of a few units, routers far from saturation, Mamba heads that remember over many tokens, and one group
of Mamba heads whose time step lies well below the initialisation's time_step_min, so that an engine that clamps the
time step there is found out.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Shape:
    pattern: str
    mtp_pattern: str = ""
    vocabulary: int = 128
    hidden: int = 32
    heads: int = 4
    kv_heads: int = 2
    head_dim: int = 16
    mamba_heads: int = 4
    mamba_head_dim: int = 16
    state: int = 16
    groups: int = 2
    conv_kernel: int = 4
    mlp_width: int = 80
    experts: int = 8
    top_k: int = 2
    expert_width: int = 16
    shared_width: int = 48
    latent: int | None = None
    route_groups: int = 1
    route_top_groups: int = 1
    route_scale: float = 2.5
    tied: bool = False
    linear_bias: bool = False
    conv_bias: bool = True

    @property
    def inner(self) -> int:
        return self.mamba_heads * self.mamba_head_dim

    @property
    def convolved(self) -> int:
        return self.inner + 2 * self.groups * self.state

    def config(self) -> dict:
        """Keys in the spelling of Nemotron-H; a checkpoint of another family adds, renames and drops some."""
        config = {
            "architectures": ["NemotronHForCausalLM"],
            "attention_bias": False,
            "attention_dropout": 0.0,
            "bos_token_id": 1,
            "chunk_size": 16,
            "conv_kernel": self.conv_kernel,
            "eos_token_id": 2,
            "expand": 2,
            "head_dim": self.head_dim,
            "hidden_dropout": 0.0,
            "hidden_size": self.hidden,
            "hybrid_override_pattern": self.pattern,
            "initializer_range": 0.02,
            "intermediate_size": self.mlp_width,
            "layer_norm_epsilon": 1e-05,
            "mamba_head_dim": self.mamba_head_dim,
            "mamba_hidden_act": "silu",
            "mamba_num_heads": self.mamba_heads,
            "mamba_proj_bias": self.linear_bias,
            "max_position_embeddings": 8192,
            "mlp_bias": self.linear_bias,
            "mlp_hidden_act": "relu2",
            "model_type": "nemotron_h",
            "n_groups": self.groups,
            "num_attention_heads": self.heads,
            "num_hidden_layers": len(self.pattern),
            "num_key_value_heads": self.kv_heads,
            "num_logits_to_keep": 1,
            "pad_token_id": 0,
            "rescale_prenorm_residual": True,
            "residual_in_fp32": False,
            "sliding_window": None,
            "ssm_state_size": self.state,
            "tie_word_embeddings": self.tied,
            "time_step_floor": 0.0001,
            "time_step_limit": [0.0, float("inf")],
            "time_step_max": 0.1,
            "time_step_min": 0.001,
            "torch_dtype": "bfloat16",
            "use_bias": self.linear_bias,
            "use_cache": True,
            "use_conv_bias": self.conv_bias,
            "use_mamba_kernels": True,
            "vocab_size": self.vocabulary,
        }
        return config | (self._moe_config() if "E" in self.pattern + self.mtp_pattern else {})

    def _moe_config(self) -> dict:
        return {
            "intermediate_size": self.mlp_width if "-" in self.pattern else self.expert_width,
            "mamba_ssm_cache_dtype": "float32",
            "moe_intermediate_size": self.expert_width,
            "moe_shared_expert_intermediate_size": self.shared_width,
            "n_group": self.route_groups,
            "n_routed_experts": self.experts,
            "n_shared_experts": 1,
            "norm_eps": 1e-05,
            "norm_topk_prob": True,
            "num_experts_per_tok": self.top_k,
            "partial_rotary_factor": 1.0,
            "rope_theta": 10000,
            "routed_scaling_factor": self.route_scale,
            "topk_group": self.route_top_groups,
        }


class RandomWeights:
    """Float64 weights under the published names, in the order in which they are drawn."""

    def __init__(self, shape: Shape, seed: int):
        self.shape, self.random, self.tensors = shape, np.random.default_rng(seed), {}
        spread = 0.3 if shape.tied else 1  # a tied head would answer every token with itself
        self.tensors["backbone.embeddings.weight"] = self._normal(spread, shape.vocabulary, shape.hidden)
        for i, kind in enumerate(shape.pattern):
            self._block(f"backbone.layers.{i}", kind)
        self._norm("backbone.norm_f", shape.hidden)
        if not shape.tied:
            self._linear("lm_head", shape.vocabulary, shape.hidden, gain=3, bias=False)
        if shape.mtp_pattern:
            self._mtp()

    def _mtp(self) -> None:
        width, last = self.shape.hidden, len(self.shape.mtp_pattern) - 1
        self._norm("mtp.layers.0.enorm", width)
        self._norm("mtp.layers.0.hnorm", width)
        self._linear("mtp.layers.0.eh_proj", width, 2 * width, bias=False)
        for i, kind in enumerate(self.shape.mtp_pattern):
            self._block(f"mtp.layers.{i}", kind)
        self._norm(f"mtp.layers.{last}.final_layernorm", width)

    def _block(self, prefix: str, kind: str) -> None:
        self._norm(prefix + ".norm", self.shape.hidden)
        {"M": self._mamba, "*": self._attention, "-": self._mlp, "E": self._moe}[kind](prefix + ".mixer")

    def _mamba(self, prefix: str) -> None:
        s, heads = self.shape, self.shape.mamba_heads
        slow = np.arange(heads) < (heads // s.groups if s.groups > 1 else 1)
        self._linear(prefix + ".in_proj", s.inner + s.convolved + heads, s.hidden)
        self.tensors[prefix + ".in_proj.weight"][-heads:] *= 0.5
        self.tensors[prefix + ".conv1d.weight"] = self._normal(0.6, s.convolved, 1, s.conv_kernel)
        if s.conv_bias:
            self.tensors[prefix + ".conv1d.bias"] = self._normal(0.2, s.convolved)
        step = np.where(slow, self._uniform(2e-4, 6e-4, heads), np.exp(self._uniform(np.log(0.02), np.log(0.6), heads)))
        self.tensors[prefix + ".dt_bias"] = np.log(np.expm1(step))
        self.tensors[prefix + ".A_log"] = np.log(self._uniform(0.3, 6, heads))
        self.tensors[prefix + ".D"] = self._uniform(0.5, 1.5, heads) * np.where(slow, 0.01, 1)
        self._norm(prefix, s.inner, name=".norm")
        self._linear(prefix + ".out_proj", s.hidden, s.inner, gain=0.7)

    def _attention(self, prefix: str) -> None:
        s = self.shape
        self._linear(prefix + ".q_proj", s.heads * s.head_dim, s.hidden, gain=1.4, bias=False)
        self._linear(prefix + ".k_proj", s.kv_heads * s.head_dim, s.hidden, gain=1.4, bias=False)
        self._linear(prefix + ".v_proj", s.kv_heads * s.head_dim, s.hidden, gain=1.4, bias=False)
        self._linear(prefix + ".o_proj", s.hidden, s.heads * s.head_dim, bias=False)

    def _mlp(self, prefix: str, width: int | None = None, inputs: int | None = None, bias: bool | None = None) -> None:
        width, inputs = width or self.shape.mlp_width, inputs or self.shape.hidden
        self._linear(prefix + ".up_proj", width, inputs, bias=bias)
        self._linear(prefix + ".down_proj", inputs, width, gain=0.6, bias=bias)

    def _moe(self, prefix: str) -> None:
        s = self.shape
        self._linear(prefix + ".gate", s.experts, s.hidden, gain=1.5, bias=False)
        self.tensors[prefix + ".gate.e_score_correction_bias"] = self._normal(0.15, s.experts)
        for expert in range(s.experts):
            self._mlp(f"{prefix}.experts.{expert}", s.expert_width, s.latent or s.hidden, bias=False)
        self._mlp(prefix + ".shared_experts", s.shared_width)
        if s.latent:
            self._linear(prefix + ".fc1_latent_proj", s.latent, s.hidden)
            self._linear(prefix + ".fc2_latent_proj", s.hidden, s.latent)

    def _linear(self, module: str, outputs: int, inputs: int, gain: float = 1.0, bias: bool | None = None) -> None:
        self.tensors[module + ".weight"] = self._normal(gain / np.sqrt(inputs), outputs, inputs)
        if self.shape.linear_bias if bias is None else bias:
            self.tensors[module + ".bias"] = self._normal(0.2, outputs)

    def _norm(self, prefix: str, width: int, name: str = "") -> None:
        self.tensors[prefix + name + ".weight"] = self._uniform(0.6, 1.4, width)

    def _normal(self, deviation: float, *size: int) -> np.ndarray:
        return deviation * self.random.standard_normal(size)

    def _uniform(self, low: float, high: float, size: int) -> np.ndarray:
        return self.random.uniform(low, high, size)
