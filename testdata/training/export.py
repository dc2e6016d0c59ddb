"""Writes a trained model as a published folder: BF16 safetensors, configuration, tokenizer, chat template.

    python export.py --checkpoint FILE --tokenizer FILE --out FOLDER
"""

import argparse
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from model import Nemotron, Shape
from tokenizer import TEMPLATE


def configuration(s: Shape) -> dict:
    return {
        "architectures": ["NemotronHForCausalLM"], "model_type": "nemotron_h", "dtype": "bfloat16", "torch_dtype": "bfloat16",
        "vocab_size": s.vocabulary, "hidden_size": s.hidden, "num_hidden_layers": len(s.pattern),
        "hybrid_override_pattern": s.pattern, "num_nextn_predict_layers": 1, "mtp_hybrid_override_pattern": s.mtp_pattern,
        "num_attention_heads": s.heads, "num_key_value_heads": s.kv_heads, "head_dim": s.head_dim, "attention_bias": False,
        "attention_dropout": 0.0, "hidden_dropout": 0.0, "max_position_embeddings": 4096, "sliding_window": None,
        "mamba_num_heads": s.mamba_heads, "mamba_head_dim": s.mamba_head_dim, "ssm_state_size": s.state, "n_groups": s.groups,
        "conv_kernel": s.taps, "expand": 2, "chunk_size": 128, "use_conv_bias": True, "use_bias": False, "mamba_proj_bias": False,
        "mamba_hidden_act": "silu", "mamba_ssm_cache_dtype": "float32", "time_step_limit": [0.0, float("inf")],
        "time_step_min": 0.0, "time_step_max": 0.1, "time_step_floor": 1e-4,
        "intermediate_size": s.expert_width, "mlp_hidden_act": "relu2", "mlp_bias": False,
        "n_routed_experts": s.experts, "num_experts_per_tok": s.active_experts, "n_shared_experts": 1,
        "moe_intermediate_size": s.expert_width, "moe_latent_size": s.latent, "moe_shared_expert_intermediate_size": s.shared_width,
        "moe_shared_expert_overlap": False, "n_group": 1, "topk_group": 1, "norm_topk_prob": True, "routed_scaling_factor": s.scaling,
        "layer_norm_epsilon": s.eps, "norm_eps": s.eps, "residual_in_fp32": False, "rescale_prenorm_residual": True,
        "initializer_range": 0.02, "tie_word_embeddings": False, "use_cache": True, "num_logits_to_keep": 1,
        "bos_token_id": 1, "eos_token_id": 2, "pad_token_id": 0,
    }


def tensors(model: Nemotron, s: Shape) -> dict:
    """The published names: experts one by one, everything BF16 but the correction bias of the router."""
    result = {}
    for name, value in model.state_dict().items():
        if name.endswith("e_score_correction_bias"):
            result[name] = value.float()
        elif name.endswith("experts.up.weight"):
            for j, part in enumerate(value.bfloat16().view(s.experts, s.expert_width, s.latent)):
                result[name.replace("up.weight", f"{j}.up_proj.weight")] = part
        elif name.endswith("experts.down.weight"):
            for j, part in enumerate(value.bfloat16().view(s.latent, s.experts, s.expert_width).unbind(1)):
                result[name.replace("down.weight", f"{j}.down_proj.weight")] = part
        else:
            result[name] = value.bfloat16()
    return {name: value.contiguous().clone() for name, value in result.items()}


def restore(folder) -> Nemotron:
    """The model with the exported weights, computing in FP32."""
    s = Shape()
    stored, state = load_file(Path(folder) / "model.safetensors"), {}
    model = Nemotron(s)
    for name in model.state_dict():
        if name.endswith("experts.up.weight"):
            state[name] = torch.cat([stored[name.replace("up.weight", f"{j}.up_proj.weight")] for j in range(s.experts)]).float()
        elif name.endswith("experts.down.weight"):
            state[name] = torch.cat([stored[name.replace("down.weight", f"{j}.down_proj.weight")] for j in range(s.experts)], 1).float()
        else:
            state[name] = stored[name].float()
    model.load_state_dict(state)
    return model.eval()


def write(folder, name, content):
    (folder / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    model, shape = Nemotron(Shape()), Shape()
    if options.checkpoint:
        model.load_state_dict(torch.load(options.checkpoint))
    options.out.mkdir(parents=True, exist_ok=True)
    save_file(tensors(model, shape), options.out / "model.safetensors", metadata={"format": "pt"})
    write(options.out, "config.json", configuration(shape))
    write(options.out, "generation_config.json", {
        "bos_token_id": 1, "eos_token_id": [2, 11], "pad_token_id": 0, "do_sample": False, "max_new_tokens": 256})
    write(options.out, "tokenizer_config.json", {
        "tokenizer_class": "PreTrainedTokenizerFast", "add_bos_token": False, "add_eos_token": False, "bos_token": "<s>",
        "eos_token": "<|im_end|>", "unk_token": "<unk>", "pad_token": "<unk>", "clean_up_tokenization_spaces": False,
        "model_max_length": 4096})
    shutil.copy(options.tokenizer, options.out / "tokenizer.json")
    shutil.copy(TEMPLATE, options.out / "chat_template.jinja")


if __name__ == "__main__":
    main()
