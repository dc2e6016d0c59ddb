"""Compares the trunk with transformers' NemotronHForCausalLM on the exported weights, both in FP32.

    python agreement.py --model FOLDER [--heldout FILE]
"""

import argparse
import json

import torch
from transformers import AutoTokenizer, NemotronHForCausalLM

from export import restore
from model import rows_of


def compare(folder, prompts):
    """Largest difference of logits, largest logit, relative L2 error and share of equal greedy tokens."""
    ours = restore(folder)
    theirs = NemotronHForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    for layer in theirs.model.layers:
        if hasattr(layer.mixer, "time_step_limit"):
            layer.mixer.time_step_limit = (0.0, float("inf"))
    worst, largest, relative, equal = 0.0, 0.0, 0.0, []
    for ids in prompts:
        padded = torch.tensor([ids + [0] * (-len(ids) % ours.s.chunk)])
        place = torch.arange(padded.shape[1]).unsqueeze(0)
        with torch.no_grad():
            expected = theirs(torch.tensor([ids])).logits[0]
            actual = ours.lm_head(ours.trunk(padded, rows_of(place))[0])[0, :len(ids)]
        worst = max(worst, (actual - expected).abs().max().item())
        largest = max(largest, expected.abs().max().item())
        relative = max(relative, ((actual - expected).norm() / expected.norm()).item())
        equal.append((actual.argmax(-1) == expected.argmax(-1)).float().mean().item())
    return worst, largest, relative, sum(equal) / len(equal)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--heldout")
    options = parser.parse_args()
    conversation = [{"role": "user", "content": "Notes: Mira lives in Oslo. Tom has a dog. What is 27 + 48?"}]
    prompts = [AutoTokenizer.from_pretrained(options.model).apply_chat_template(conversation, add_generation_prompt=True, return_dict=False)]
    if options.heldout:
        lines = [json.loads(line) for line in open(options.heldout)]
        prompts += [line["prompt_ids"] + line["output_ids"] for line in lines[::12]]
    print("transformers: largest difference %.2e of logits up to %.1f, relative error %.2e, equal greedy tokens %.4f (%d prompts)"
          % (*compare(options.model, prompts), len(prompts)))


if __name__ == "__main__":
    main()
