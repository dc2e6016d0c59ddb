"""The spellings of config.json and of tensor names that published checkpoints use, as edits of the plain ones."""

from collections.abc import Callable

import storage
from storage import Stored

WORDS = {"M": "mamba", "*": "attention", "-": "mlp", "E": "moe"}


def edit(drop: tuple[str, ...] = (), **changes) -> Callable[[dict], dict]:
    return lambda config: {k: v for k, v in config.items() if k not in drop} | changes


def _as_lists(config: dict) -> dict:
    """Lists of words for the pattern, an MTP head likewise."""
    words = [WORDS[letter] for letter in config["hybrid_override_pattern"]]
    return edit(("hybrid_override_pattern",))(config) | {
        "layers_block_type": words, "mtp_layers_block_type": ["attention", "moe"], "num_nextn_predict_layers": 1}


def ultra(config: dict) -> dict:
    """No number of layers, a finite bound for infinity."""
    return edit(("num_hidden_layers",), time_step_limit=[0.0, 1e308], moe_latent_size=16,
                moe_shared_expert_overlap=False)(_as_lists(config))


def lightning(config: dict) -> dict:
    return edit(("time_step_limit", "torch_dtype"), dtype="bfloat16", moe_latent_size=None,
                moe_shared_expert_overlap=True)(_as_lists(config))


ALIASES = {
    "n_groups": "mamba_n_groups", "conv_kernel": "mamba_d_conv", "expand": "mamba_expand",
    "time_step_min": "mamba_dt_min", "time_step_max": "mamba_dt_max", "time_step_limit": "mamba_dt_limit",
    "time_step_floor": "mamba_dt_init_floor", "use_conv_bias": "mamba_conv_bias", "chunk_size": "mamba_chunk_size",
    "n_routed_experts": "num_local_experts", "layers_block_type": "layer_types",
}


def aliases(config: dict) -> dict:
    words = [WORDS[letter] for letter in config["hybrid_override_pattern"]]
    config = edit(("hybrid_override_pattern",), layers_block_type=words)(config)
    return {ALIASES.get(key, key): value for key, value in config.items()}


SUPER = edit(moe_latent_size=16, moe_shared_expert_overlap=False, mtp_hybrid_override_pattern="*E",
             num_nextn_predict_layers=1)


def container(prefix: str, head: str) -> Callable[[Stored], Stored]:
    """Names of a multimodal checkpoint, with a few tensors of its other towers, which a text engine leaves alone."""

    def rename(stored: Stored) -> Stored:
        def outer(name: str) -> str:
            return head if name == "lm_head.weight" else name.replace("backbone.", prefix, 1)

        others = {
            "vision_model.radio_model.model.blocks.0.attn.qkv.weight": stored["backbone.norm_f.weight"],
            "mlp1.0.weight": stored["backbone.norm_f.weight"],
        }
        return {outer(name): tensor for name, tensor in stored.items()} | others

    return rename


def nested(key: str, architecture: str) -> Callable[[dict], dict]:
    return lambda config: {
        "architectures": [architecture], "model_type": architecture, "torch_dtype": "bfloat16",
        "max_sequence_length": 131072, "img_context_token_id": 18, "force_image_size": 512, "downsample_ratio": 0.5,
        "vision_config": {"model_type": "radio", "hidden_size": 48}, key: config,
    }


def native(stored: Stored) -> Stored:
    """transformers 5 in memory: prefix model., one 3-D tensor for all experts of a block."""
    renamed: Stored = {}
    for name, tensor in stored.items():
        module, _, rest = name.partition(".experts.")
        if rest:
            number, projection, _ = rest.split(".")
            key = f"{module}.experts.{projection}".replace("backbone.", "model.", 1)
            renamed.setdefault(key, []).append((int(number), tensor))
        else:
            renamed[name.replace("backbone.", "model.", 1)] = tensor
    return {name: storage.stacked(parts) if isinstance(parts, list) else parts for name, parts in renamed.items()}


def squeezed(stored: Stored) -> Stored:
    """conv1d as [Cd, 4], and the first remote code's name of the embedding."""
    renamed = {}
    for name, (dtype, data) in stored.items():
        data = data.reshape(len(data), -1) if name.endswith("conv1d.weight") else data
        renamed[name.replace("backbone.embeddings.", "backbone.embedding.")] = storage.Tensor(dtype, data)
    return renamed


def with_kv_scales(stored: Stored) -> Stored:
    """Scales of an FP8 cache, which an engine with a wider cache reads past."""
    scales = {}
    for name in stored:
        for letter in "kv":
            if name.startswith("backbone.") and name.endswith(f".{letter}_proj.weight"):
                scales[f"{name.removesuffix('weight')}{letter}_scale"] = storage.scalar(0.25)
    return stored | scales
