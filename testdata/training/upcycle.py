"""Moves most of the wide shared experts into the routed ones, so that the routed experts carry the work.

    python upcycle.py --checkpoint FILE --tokenizer FILE --out FILE

Trained with a shared expert of 256 units from the start, a model this small learns to do without routing. Here the
64 most used units stay shared. The others go to the routed experts, half of them to the even and half to the odd ones,
through a low-rank fit of their weights to the latent space. Training goes on from there.
"""

import argparse
from dataclasses import replace

import torch
from tokenizers import Tokenizer

import train
from model import Nemotron, Shape, rows_of
from tokenizer import Chat

WIDE = 256


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


def root(covariance, power):
    values, vectors = torch.linalg.eigh(covariance)
    return vectors @ torch.diag(values.clamp(min=1e-4 * values.max().item()) ** power) @ vectors.t()


def move(old, new, u, s):
    """Fills the new LatentMoE from the shared expert of the old one, given inputs u [tokens, hidden]."""
    up, down = old.shared_experts.up_proj.weight, old.shared_experts.down_proj.weight
    a = torch.relu(u @ up.t()).square()
    size = a.square().mean(0).sqrt()
    order = (size * down.norm(dim=0)).argsort(descending=True)
    kept, moved = order[:s.shared_width], order[s.shared_width:]
    new.shared_experts.up_proj.weight.copy_(up[kept])
    new.shared_experts.down_proj.weight.copy_(down[:, kept])
    covariance = u.t() @ u / len(u)
    left, values, right = torch.linalg.svd(up[moved] @ root(covariance, 0.5), full_matrices=False)
    new.fc1_latent_proj.weight.copy_(right[:s.latent] @ root(covariance, -0.5))
    latent_up = left[:, :s.latent] * values[:s.latent]
    left, values, right = torch.linalg.svd(down[:, moved] * size[moved], full_matrices=False)
    new.fc2_latent_proj.weight.copy_(left[:, :s.latent])
    latent_down = (values[:s.latent, None] * right[:s.latent]) / (size[moved] + 1e-3 * size.max())
    ups = new.experts.up.weight.view(s.experts, s.expert_width, s.latent)
    downs = new.experts.down.weight.view(s.latent, s.experts, s.expert_width)
    downs.mul_(0.1)
    for expert in range(s.experts):
        part = torch.arange(expert % 2, len(moved), 2)
        ups[expert, :len(part)] = latent_up[part]
        # two of the four chosen experts hold a unit on average, each with a quarter of the scaling factor
        downs[:, expert, :len(part)] = latent_down[:, part] * 2 / s.scaling
    print("kept of the input %.3f, of the output %.3f" % (
        1 - ((u @ up[moved].t() - u @ new.fc1_latent_proj.weight.t() @ latent_up.t()).square().sum() / (u @ up[moved].t()).square().sum()).item(),
        (values[:s.latent].square().sum() / values.square().sum()).item()))


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
             if not any(word in name for word in ("shared_experts", ".experts.", "latent_proj", "mtp.", "gate."))}
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
