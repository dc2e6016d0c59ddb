"""Moves most of the shared experts' units into the routed ones, so that the routed experts carry the work.

    python upcycle.py --checkpoint FILE --tokenizer FILE --out FILE

Left to itself, a model this small learns to do without routing: the shared expert sees every token and is faster to learn.
Here the 16 most used of its 64 units stay shared. Each of the others goes to 12 of the 16 routed experts, chosen at random
and scaled so that the sum over the chosen experts stays what it was on average; their different selections are what the
experts grow apart from. Training goes on from there. The draft head, which has not been trained yet, is made anew.
"""

import argparse
from dataclasses import replace

import torch
from tokenizers import Tokenizer

import train
from model import Nemotron, Shape, rows_of
from tokenizer import Chat

WIDE = 64
HOLDERS = 12  # routed experts that hold a moved unit


def inputs_of_moe(model, batch):
    """The normalised inputs [tokens, hidden] of each MoE block of the trunk."""
    seen, hooks = [], []
    for block in model.backbone.layers:
        if block.kind == "E":
            hooks.append(block.mixer.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0].flatten(0, 1))))
    with torch.no_grad():
        model.trunk(batch[0], rows_of(batch[1]))
    for hook in hooks:
        hook.remove()
    return seen


def move(old, new, u, s):
    """Fills the new LatentMoE from the shared expert of the old one, given inputs u [tokens, hidden]."""
    up, down = old.shared_experts.up_proj.weight, old.shared_experts.down_proj.weight
    a = torch.relu(u @ up.t()).square()
    size = a.square().mean(0).sqrt()
    size = size.clamp(min=1e-3 * size.max().item())  # a unit that is never active
    order = (size * down.norm(dim=0)).argsort(descending=True)
    kept, moved = order[:s.shared_width], order[s.shared_width:]
    new.shared_experts.up_proj.weight.copy_(up[kept])
    new.shared_experts.down_proj.weight.copy_(down[:, kept])
    # at most `latent` units, so both factorisations are exact
    left, values, right = torch.linalg.svd(up[moved], full_matrices=False)
    new.fc1_latent_proj.weight[:len(values)] = right
    latent_up = torch.zeros(len(moved), s.latent)
    latent_up[:, :len(values)] = left * values
    left, values, right = torch.linalg.svd(down[:, moved] * size[moved], full_matrices=False)
    new.fc2_latent_proj.weight[:, :len(values)] = left
    latent_down = torch.zeros(s.latent, len(moved))
    latent_down[:len(values)] = values[:, None] * right / size[moved]
    ups = new.experts.up.weight.view(s.experts, s.expert_width, s.latent)
    downs = new.experts.down.weight.view(s.latent, s.experts, s.expert_width)
    downs.mul_(0.1)
    for unit in range(len(moved)):
        for expert in torch.randperm(s.experts)[:HOLDERS].tolist():
            ups[expert, unit] = latent_up[unit]
            downs[:, expert, unit] = latent_down[:, unit] * s.experts / HOLDERS / s.scaling


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    torch.manual_seed(train.SEED)
    shape = Shape()
    old, new = Nemotron(replace(shape, shared_width=WIDE)), Nemotron(shape)
    old.load_state_dict(torch.load(options.checkpoint))
    state = {name: value for name, value in old.state_dict().items()
             if not any(word in name for word in ("shared_experts", ".experts.", "latent_proj", "mtp."))}
    new.load_state_dict(state, strict=False)
    source = train.batches(Chat(Tokenizer.from_file(options.tokenizer)), 7)
    batches = [next(source) for _ in range(4)]
    inputs = [torch.cat(parts) for parts in zip(*(inputs_of_moe(old, batch) for batch in batches))]
    pairs = [(a.mixer, b.mixer) for a, b in zip(old.backbone.layers, new.backbone.layers) if a.kind == "E"]
    with torch.no_grad():
        for (a, b), u in zip(pairs, inputs):
            move(a, b, u, shape)
        for name, model in (("before", old), ("after", new)):
            print(name, sum(train.losses(model, *batch, 0)[0][0].item() for batch in batches) / len(batches))
        for _, b in pairs:
            b.routed = False
        print("after, without routed experts", sum(train.losses(new, *batch, 0)[0][0].item() for batch in batches) / len(batches))
    torch.save(new.state_dict(), options.out)


if __name__ == "__main__":
    main()
