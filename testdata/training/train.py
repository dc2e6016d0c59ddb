"""Trains nemotron-tiny: two processes of one thread each, a schedule driven by the clock, checkpoints on the way.

    python train.py --tokenizer FILE --out FOLDER --minutes 90
"""

import argparse
import itertools
import os
import time

import torch
import torch.multiprocessing as mp
import torch.nn.functional as F
from tokenizers import Tokenizer

from data import mixture
from model import Nemotron, Rows, Shape, rows_of
from tokenizer import Chat

PROCESSES, TOKENS, SEED = 2, 2048, 20  # tokens of one process in one step
NARROW, WIDE = 512, 1024  # length of a row; each fourth step has wide rows, for the long documents
DRAFTED = 2, 512  # the MTP head learns on this many rows and on their first tokens
MTP_FROM, THIRD_FROM, DECAY_FROM = 0.60, 0.70, 0.40
MTP_EVERY = 3  # steps
MTP_WEIGHT = 0.3
WARM_STEPS = 60
GATE_ROW_NORM, BIAS_STEP = 0.35, 0.002


def batches(chat, seed):
    """Endless rows of whole documents: ids, place in the document and the mask of supervised tokens, each [rows,width]."""
    source, waiting = mixture.stream(chat, seed), []
    for step in itertools.count():
        width = NARROW if step % 4 else WIDE
        shape = (TOKENS // width, width)
        ids, place, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
        for row in range(shape[0]):
            used = 0
            while True:
                while len(waiting) < 32:
                    waiting.append(next(source))
                fitting = [i for i, document in enumerate(waiting) if used + len(document[0]) <= width]
                if not fitting:
                    break
                longest = width == WIDE and used == 0
                tokens, written = waiting.pop(max(fitting, key=lambda i: len(waiting[i][0])) if longest else fitting[0])
                end = used + len(tokens)
                ids[row, used:end] = torch.tensor(tokens)
                place[row, used:end] = torch.arange(len(tokens))
                mask[row, used:end] = torch.tensor(written)
                used = end
        yield ids, place, mask


def losses(model, ids, place, mask, depth):
    """Cross entropy of the trunk and of each MTP depth on supervised tokens, and the MoE statistics."""
    rows = rows_of(place)
    with torch.autocast("cpu", torch.bfloat16):
        hidden, statistics = model.trunk(ids, rows)
        some, cut = slice(0, DRAFTED[0]), slice(0, DRAFTED[1])
        outputs, more = [], []
        if depth:
            seen = Rows(place[some, cut], rows.visible[some, :, cut, cut])
            outputs, more = model.drafts(ids[some, cut], hidden[some, cut], seen, depth)
    result, first = [], F.pad(mask, (0, 1))[:, 1:]
    for k, state in enumerate([hidden] + outputs):
        ids, place, mask, first = (t[:state.shape[0], :state.shape[1]] for t in (ids, place, mask, first))
        target, wanted = F.pad(ids, (0, k + 1))[:, k + 1:], F.pad(mask, (0, k + 1))[:, k + 1:]
        # a draft is only made for a token of the same turn: its place is k further than the first drafted token's
        wanted = wanted & first & (F.pad(place, (0, k + 1))[:, k + 1:] == place + k + 1)
        with torch.autocast("cpu", torch.bfloat16):
            logits = model.lm_head(state[wanted])
        result.append(F.cross_entropy(logits.float(), target[wanted], reduction="sum") / max(1, len(logits)))
    return result, statistics + more[:1]


class Muon(torch.optim.Optimizer):
    """Momentum whose matrix update is orthogonalised by Newton-Schulz iterations."""

    def __init__(self, parameters, lr):
        super().__init__(parameters, {"lr": lr, "base": lr})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                momentum = state.setdefault("momentum", torch.zeros_like(p))
                momentum.lerp_(p.grad, 0.05)
                update = orthogonal(p.grad.lerp(momentum, 0.95))
                p.mul_(1 - group["lr"] * 0.01).add_(update, alpha=-group["lr"] * max(1, p.shape[0] / p.shape[1]) ** 0.5)


def orthogonal(matrix):
    x = matrix.bfloat16()
    tall = x.shape[0] > x.shape[1]
    x = x.t() if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        a = x @ x.t()
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return (x.t() if tall else x).float()


def optimizers(model):
    matrices, gates, routed, plain, vectors = [], [], [], [], []
    for name, p in model.named_parameters():
        if "gate.weight" in name:
            gates.append(p)
        elif ".experts." in name or "latent_proj" in name:
            routed.append(p)
        elif p.dim() < 2 or "conv1d" in name:
            vectors.append(p)
        elif any(word in name for word in ("in_proj", "out_proj", "q_proj", "k_proj", "v_proj", "o_proj", "eh_proj")):
            matrices.append(p)
        else:
            plain.append(p)
    adam = torch.optim.AdamW([
        {"params": gates, "lr": 2e-4, "base": 2e-4, "weight_decay": 0.0},
        {"params": routed, "lr": 1e-3, "base": 1e-3, "weight_decay": 0.0},
        {"params": vectors, "lr": 2e-3, "base": 2e-3, "weight_decay": 0.0},
        {"params": plain, "lr": 2e-3, "base": 2e-3, "weight_decay": 0.01}], betas=(0.9, 0.95), eps=1e-10, fused=True)
    return [adam, Muon(matrices, 0.01)]


def rate(progress, step):
    warm = min(1.0, (step + 1) / WARM_STEPS)
    falling = (progress - DECAY_FROM) / (1 - DECAY_FROM)
    return warm * (1.0 if falling <= 0 else max(0.0, 1 - falling) * 0.995 + 0.005)


def save(model, path):
    torch.save(model.state_dict(), path + ".part")
    os.replace(path + ".part", path)


class Meeting:
    """Sums vectors over the processes through shared memory; two buffers in turn need one barrier a step."""

    def __init__(self, count, size):
        self.buffers = torch.zeros(2, count, size).share_memory_()
        self.barrier = mp.get_context("spawn").Barrier(count)
        self.turn = 0

    def mean(self, rank, parts):
        self.turn = 1 - self.turn
        buffer, size = self.buffers[self.turn], sum(part.numel() for part in parts)
        torch.cat([part.flatten() for part in parts], out=buffer[rank, :size])
        self.barrier.wait()
        return buffer[:, :size].mean(0)


def work(rank, meeting, options):
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    torch._dynamo.config.recompile_limit = 64
    torch.manual_seed(SEED)
    chat = Chat(Tokenizer.from_file(options.tokenizer))
    model = Nemotron(Shape(shared_width=options.shared_width))
    if options.start:
        model.load_state_dict(torch.load(options.start))
    parameters = list(model.parameters())
    for block in list(model.backbone.layers) + list(model.mtp.layers):
        block.compile(dynamic=False)
    tools, source = optimizers(model), batches(chat, SEED * 1000 + rank + round(options.skip * 1e6) * 10)
    moes = [b.mixer for b in model.backbone.layers if b.kind == "E"] + [model.mtp.layers[1].mixer]
    begin, step, saved, shown, tokens = time.time(), 0, time.time(), None, 0
    progress = options.skip
    log = open(f"{options.out}/log.txt", "a", buffering=1) if rank == 0 else None
    while progress < options.stop:
        depth = 0 if step % MTP_EVERY else 3 if progress >= THIRD_FROM else 2 if progress >= MTP_FROM else 0
        ids, place, mask = next(source)
        parts, statistics = losses(model, ids, place, mask, depth)
        (parts[0] + sum(MTP_WEIGHT * part / (1 + i) for i, part in enumerate(parts[1:]))).backward()
        clock = options.skip + (1 - options.skip) * (time.time() - begin) / (60 * options.minutes)
        loads = [load for load, _ in statistics]
        numbers = torch.cat([torch.tensor([clock]), torch.stack(parts).detach().float(), *loads, torch.stack([a for _, a in statistics])])
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat, at = meeting.mean(rank, gradients + [numbers]), 0
        for g in gradients:
            g.copy_(flat[at:at + g.numel()].view_as(g))
            at += g.numel()
        numbers = flat[at:]
        norm = torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        progress = float(numbers[0])
        factor = rate(progress, step)
        for optimizer in tools:
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * factor
            optimizer.step()
        for p in parameters:
            p.grad = None
        loads = numbers[1 + len(parts):1 + len(parts) + 16 * len(statistics)].view(-1, 16)
        with torch.no_grad():
            for moe, load in zip(moes, loads):
                moe.gate.e_score_correction_bias += BIAS_STEP * factor ** 0.5 * (1 - load / load.mean()).clamp(-1, 1)
                lengths = moe.gate.weight.norm(dim=1, keepdim=True)
                moe.gate.weight.mul_((GATE_ROW_NORM / lengths).clamp(max=1))
        step += 1
        tokens += PROCESSES * ids.numel()
        lost = numbers[1:1 + len(parts)]
        shown = lost if shown is None or len(shown) != len(lost) else shown * 0.95 + lost * 0.05
        if rank == 0 and step % 20 == 0:
            relative = loads / loads.mean(1, keepdim=True)
            active = numbers[1 + len(parts) + loads.numel():]
            log.write(f"step {step} minute {(time.time() - begin) / 60:.1f} progress {progress:.3f} tokens {tokens / 1e6:.2f}M "
                      f"rate {factor:.3f} norm {norm:.2f} loss {' '.join(f'{v:.4f}' for v in shown)} "
                      f"load {relative.min():.2f}-{relative.max():.2f} active {' '.join(f'{v:.2f}' for v in active)}\n")
        if rank == 0 and time.time() - saved > 240:
            save(model, f"{options.out}/model.pt")
            saved = time.time()
    if rank == 0:
        save(model, f"{options.out}/final.pt")
        log.write(f"done after {(time.time() - begin) / 60:.1f} minutes, {step} steps, {tokens / 1e6:.1f} M tokens\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--minutes", type=float, default=90, help="the time from the first to the last progress of this run")
    parser.add_argument("--start", help="a checkpoint to continue from")
    parser.add_argument("--skip", type=float, default=0.0, help="the progress at which the schedule starts")
    parser.add_argument("--stop", type=float, default=1.0, help="the progress at which to stop, for a run in parts")
    parser.add_argument("--shared-width", type=int, default=Shape.shared_width, help="units of the shared expert")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    shape = Shape(shared_width=options.shared_width)
    size = sum(p.numel() for p in Nemotron(shape).parameters()) + 1000  # gradients and the numbers of the log
    mp.spawn(work, (Meeting(PROCESSES, size), options), nprocs=PROCESSES)


if __name__ == "__main__":
    main()
