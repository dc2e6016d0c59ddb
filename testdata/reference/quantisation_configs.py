"""hf_quant_config.json and config.json's quantization_config, as exporters write them for the stored tensors."""

from storage import Stored


def modules(stored: Stored, dtype: str) -> list[str]:
    """Names of the quantised modules whose codes have this type."""
    return sorted(name.removesuffix("_packed").removesuffix(".weight") for name, tensor in stored.items()
                  if tensor.dtype == dtype and name.endswith((".weight", ".weight_packed")))


def plain_linears(stored: Stored) -> list[str]:
    """What an exclude list names: linears and convolutions left as they were."""
    kept = {name.removesuffix(".weight") for name, tensor in stored.items()
            if tensor.dtype == "BF16" and name.endswith(("_proj.weight", "conv1d.weight", "lm_head.weight"))}
    trunk = sorted(name for name in kept if not name.startswith("mtp."))
    return trunk + (["mtp*"] if any(name.startswith("mtp.") for name in stored) else [])


def _model_opt(stored: Stored, config: dict, version: str, **quantization) -> tuple[dict, dict]:
    producer = {"name": "modelopt", "version": version}
    excluded = plain_linears(stored)
    inside = {"quant_method": "modelopt", "producer": producer, "ignore": excluded} | {
        key: value for key, value in quantization.items() if key in ("quant_algo", "quantized_layers")}
    whole = quantization | {"exclude_modules": excluded}
    return config | {"quantization_config": inside}, {"producer": producer, "quantization": whole}


def fp8(stored: Stored, config: dict) -> tuple[dict, dict]:
    return _model_opt(stored, config, "0.29.0", quant_algo="FP8", kv_cache_quant_algo="FP8")


def fp8_channel(stored: Stored, config: dict) -> tuple[dict, dict]:
    return _model_opt(stored, config, "0.33.1", quant_algo="FP8_PER_CHANNEL_PER_TOKEN", kv_cache_quant_algo=None)


def nvfp4(stored: Stored, config: dict) -> tuple[dict, dict]:
    return _model_opt(stored, config, "0.29.0", quant_algo="NVFP4", kv_cache_quant_algo="FP8", group_size=16)


def nvfp4_w4a16(stored: Stored, config: dict) -> tuple[dict, dict]:
    return _model_opt(stored, config, "0.44.0rc5", quant_algo="W4A16_NVFP4", kv_cache_quant_algo=None, group_size=16)


def mixed(stored: Stored, config: dict) -> tuple[dict, dict]:
    layers = {name: {"quant_algo": "FP8"} for name in modules(stored, "F8_E4M3")}
    for name in modules(stored, "U8"):
        algorithm = "NVFP4" if name + ".input_scale" in stored else "W4A16_NVFP4"
        layers[name] = {"quant_algo": algorithm, "group_size": 16}
    return _model_opt(stored, config, "0.44.0rc5", quant_algo="MIXED_PRECISION", kv_cache_quant_algo="FP8",
                      quantized_layers=layers)


def _compressed(stored: Stored, config: dict, form: str, weights: dict, activations: dict | None) -> tuple[dict, None]:
    group = {"targets": ["Linear"], "weights": weights, "input_activations": activations, "format": form}
    ignored = ["lm_head", "re:.*gate$"]
    return config | {"quantization_config": {
        "quant_method": "compressed-tensors", "format": form, "config_groups": {"group_0": group}, "ignore": ignored,
        "quantization_status": "compressed", "kv_cache_scheme": None}}, None


def compressed_nvfp4(stored: Stored, config: dict) -> tuple[dict, None]:
    four_bits = {"num_bits": 4, "type": "float", "strategy": "tensor_group", "group_size": 16, "symmetric": True}
    return _compressed(stored, config, "nvfp4-pack-quantized", four_bits | {"dynamic": False},
                       four_bits | {"dynamic": "local"})


def compressed_fp8(stored: Stored, config: dict) -> tuple[dict, None]:
    eight_bits = {"num_bits": 8, "type": "float", "symmetric": True}
    return _compressed(stored, config, "float-quantized", eight_bits | {"strategy": "channel", "dynamic": False},
                       eight_bits | {"strategy": "token", "dynamic": True})
