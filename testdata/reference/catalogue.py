"""The small checkpoints: what each one stands for, its sizes, spelling and number formats."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import quantisation_configs as quantisation
import spellings
import storage
from shapes import Shape
from spellings import edit
from storage import Format, Stored


@dataclass(frozen=True)
class Checkpoint:
    name: str
    description: str
    shape: Shape
    plain: Format = storage.bf16
    rules: Callable[[str], Format | None] = lambda name: None
    config: Callable[[dict], dict] = lambda config: config
    rename: Callable[[Stored], Stored] = lambda stored: stored
    quantisation: Callable[[Stored, dict], tuple[dict, dict | None]] = lambda stored, config: (config, None)
    shards: int = 1
    aligned: bool = True
    tokenizer: bool = False
    long: int = 0  # length of a third sequence, 0 for none
    resaved: bool = False  # loaded and saved again by transformers
    opinion: str = "folder"  # what transformers gets: the "folder", or the "weights" that our reader made of it


HYBRID = Shape("M-M*-")
MOE = Shape("MEM*E", heads=8, kv_heads=2, head_dim=8, experts=8, top_k=3)
LATENT = Shape("MEM*EME", mtp_pattern="*E", heads=8, kv_heads=2, head_dim=8, experts=12, top_k=3, latent=16,
               mamba_heads=8, mamba_head_dim=8, route_scale=5.0)
LIGHTNING = replace(MOE, mtp_pattern="*E")
FREE = Shape("M-M-MM*-M-", vocabulary=131, hidden=40, heads=6, kv_heads=2, head_dim=12, mamba_heads=8,
             mamba_head_dim=10, state=12, groups=4, mlp_width=90)
ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")


def everywhere(chosen: Format, *kept: str) -> Callable[[str], Format | None]:
    """The format for all linears outside the MTP head, except those whose name contains one of the words."""
    return lambda name: None if name.startswith("mtp.") or any(word in name for word in kept) else chosen


def lightning_rules(name: str) -> Format | None:
    if name.startswith("mtp."):
        return None
    if name.endswith(("in_proj.weight", "out_proj.weight")):
        return storage.fp8_tensor
    return storage.nvfp4_w4a16 if "experts." in name or name == "lm_head.weight" else None


def super_rules(name: str) -> Format | None:
    if name.startswith("mtp.") or any(word in name for word in ("lm_head", "q_proj", "k_proj", "v_proj")):
        return None
    if "latent" in name:
        return storage.fp8_tensor if ".layers.1." in name else None
    return storage.nvfp4_w4a4 if ".experts." in name else storage.fp8_tensor


CHECKPOINTS = [
    # Block kinds and patterns
    Checkpoint("dense-hybrid", "Nemotron-H: attention_head_dim only, bare Infinity, tokenizer and template",
               replace(HYBRID, vocabulary=304, hidden=48), config=edit(("head_dim",), attention_head_dim=16),
               tokenizer=True, long=150),
    Checkpoint("moe", "Nemotron 3 Nano 30B: MoE without latent space, two KV heads, no time_step_limit",
               replace(MOE, pattern="MEMEM*EME", hidden=48), config=edit(("time_step_limit",)), long=140),
    Checkpoint("latent-mtp", "Nemotron 3 Super: LatentMoE, MTP head as the string *E, tokenizer and template",
               replace(LATENT, vocabulary=304, hidden=48), config=spellings.SUPER, tokenizer=True, long=300),
    Checkpoint("dense-free-widths", "Nano 9B v2: head_dim and d_inner follow from nothing, odd sizes", FREE,
               config=edit(mamba_ssm_cache_dtype="float32", norm_eps=1e-5)),
    Checkpoint("repeated-blocks", "Blocks in a row of the same kind: MMM, ---, **", Shape("MMM---M**-")),
    Checkpoint("grouped-routing", "n_group 2, topk_group 1, shares not normalised, n_groups 4",
               replace(MOE, top_k=2, route_groups=2, mamba_heads=8, mamba_head_dim=8, groups=4, route_scale=1.5),
               config=edit(norm_topk_prob=False)),
    Checkpoint("ultra-list", "Nemotron 3 Ultra: layers_block_type, no num_hidden_layers, limit 1e308",
               replace(LATENT, pattern="ME*MEME", groups=1, kv_heads=2), config=spellings.ultra),
    Checkpoint("lightning", "Nemotron 3.5 Lightning in BF16: MTP head without latent space", LIGHTNING,
               config=spellings.lightning),
    Checkpoint("one-group", "G = 1", Shape("M*-M", groups=1)),
    Checkpoint("four-groups", "G = 4 with 8 heads", Shape("M*-M", groups=4, mamba_heads=8, mamba_head_dim=12)),
    Checkpoint("clamped-step", "A time_step_limit that bites, epsilon 1e-3 under the name norm_eps", Shape("MM*-"),
               config=edit(("layer_norm_epsilon",), norm_eps=1e-3, time_step_limit=[0.05, 0.3])),
    Checkpoint("biased", "Biases on in_proj, out_proj and the MLPs, none on the convolution, kernel of 3 taps",
               Shape("M-*M", linear_bias=True, conv_bias=False, conv_kernel=3)),

    # Names and files
    Checkpoint("resaved-dense", "Saved by transformers: linear_attention, full_attention, __float__, MoE keys", HYBRID,
               resaved=True),
    Checkpoint("resaved-latent", "Saved by transformers: MTP announced in config.json, its tensors dropped", LATENT,
               config=spellings.SUPER, resaved=True),
    Checkpoint("native-names", "transformers 5 in memory: prefix model., experts fused to three dimensions", MOE,
               rename=spellings.native),
    Checkpoint("vl-container", "llm_config inside a multimodal config, prefix language_model.backbone.", HYBRID,
               config=spellings.nested("llm_config", "NemotronH_Nano_VL_V2"), opinion="weights",
               rename=spellings.container("language_model.backbone.", "language_model.lm_head.weight")),
    Checkpoint("text-config", "text_config inside a multimodal config, prefix model.language_model.backbone.", MOE,
               config=spellings.nested("text_config", "NemotronH_Nano_Omni_Reasoning_V3"), opinion="weights",
               rename=spellings.container("model.language_model.backbone.", "lm_head.weight")),
    Checkpoint("tied-embeddings", "tie_word_embeddings true, no lm_head", replace(HYBRID, tied=True)),
    Checkpoint("missing-head", "tie_word_embeddings false, no lm_head all the same", replace(HYBRID, tied=True),
               config=edit(tie_word_embeddings=False)),
    Checkpoint("squeezed-conv", "conv1d as [Cd, 4], backbone.embedding.weight", Shape("M*M-"),
               rename=spellings.squeezed, opinion="weights"),
    Checkpoint("alias-keys", "config.json by its other keys: mamba_d_conv, num_local_experts, layer_types and so on",
               MOE, config=spellings.aliases),
    Checkpoint("sharded", "Three shards and an index", MOE, shards=3),

    # Number formats
    Checkpoint("f32", "All tensors F32, data at an odd offset of the file", Shape("M*E-", experts=4), storage.f32,
               config=edit(torch_dtype="float32"), aligned=False),
    Checkpoint("f16", "All tensors F16", Shape("M*E-", experts=4), storage.f16, config=edit(torch_dtype="float16")),
    Checkpoint("fp8-tensor", "ModelOpt FP8, one scale a matrix", Shape("M-*E", experts=4),
               rules=everywhere(storage.fp8_tensor, "lm_head", *ATTENTION), quantisation=quantisation.fp8,
               opinion="weights"),
    Checkpoint("fp8-channel", "ModelOpt FP8, one scale a row", Shape("M-*E", experts=4),
               rules=everywhere(storage.fp8_channel, "lm_head"), quantisation=quantisation.fp8_channel,
               opinion="weights"),
    Checkpoint("nvfp4-w4a4", "ModelOpt NVFP4 with activation scales", Shape("M-*E", experts=4),
               rules=everywhere(storage.nvfp4_w4a4, "lm_head", *ATTENTION), quantisation=quantisation.nvfp4,
               opinion="weights"),
    Checkpoint("nvfp4-w4a16", "ModelOpt NVFP4 without activation scales, quantised head, MTP in BF16", LIGHTNING,
               rules=everywhere(storage.nvfp4_w4a16), config=spellings.lightning,
               quantisation=quantisation.nvfp4_w4a16, opinion="weights"),
    Checkpoint("compressed-nvfp4", "compressed-tensors nvfp4-pack-quantized, reciprocal global scales",
               Shape("M-*E", experts=4), rules=everywhere(storage.ct_nvfp4, "lm_head"),
               quantisation=quantisation.compressed_nvfp4, opinion="weights"),
    Checkpoint("compressed-fp8", "compressed-tensors float-quantized, BF16 scales [out, 1]", Shape("M-*E", experts=4),
               rules=everywhere(storage.ct_fp8_channel, "lm_head"), quantisation=quantisation.compressed_fp8,
               opinion="weights"),
    Checkpoint("lightning-mixed", "Lightning NVFP4: FP8 Mamba, NVFP4 experts and head, BF16 rest, KV scales, shards",
               LIGHTNING, rules=lightning_rules, config=spellings.lightning, rename=spellings.with_kv_scales,
               quantisation=quantisation.mixed, shards=2, opinion="weights"),
    Checkpoint("super-mixed", "Super NVFP4: NVFP4 experts, FP8 elsewhere, MTP in BF16", LATENT, rules=super_rules,
               config=spellings.SUPER, quantisation=quantisation.mixed, opinion="weights"),
]
