"""Measures the exported model on held-out prompts, greedy and in FP32, and writes prompts with answers for other tests.

    python evaluate.py --model FOLDER [--count 100] [--heldout FILE]

Fails unless the routed experts are alive and evenly loaded. A prompt is held out when it has an unseen grammar part and,
where the task has names, an unseen word.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import repeat
from multiprocessing import get_context

import torch
from tokenizers import Tokenizer

from data import mixture
from data.draw import DEVELOPMENT, TEST
from export import restore
from model import rows_of
from tokenizer import Chat

SEED = 77
LONGEST_ANSWER = 160
KEPT = 20  # prompts of a row of the table that go to the file
# task, thinking, has names, floor in percent
CELLS = [
    ("tool_call", True, True, 95), ("tool_call", False, True, 95), ("multi_step", True, True, 95), ("multi_step", False, True, 95),
    ("no_tool", True, False, 80), ("no_tool", False, False, 80), ("add2", True, False, 95), ("add3", True, False, 95),
    ("add2", False, False, None), ("add3", False, False, None),
    ("recall_short", True, True, None), ("recall_short", False, True, None), ("recall_medium", True, True, None), ("recall_medium", False, True, None),
    ("recall_long", True, True, 95), ("recall_long", False, True, 95), ("extract", True, True, 90), ("extract", False, True, 90),
    ("self", True, False, None), ("self", False, False, None), ("chat", True, False, None), ("chat", False, False, None),
    ("named", True, True, None), ("named", False, True, None), ("beyond", True, False, None), ("beyond", False, False, None), ("repeat", True, True, None), ("repeat", False, True, None),
]
LEAST_LOAD, LARGEST_LOAD = 0.3, 2.5  # of an expert, relative to the mean
LEAST_LOSS = 10.0  # points of exact turns that the routed experts must be worth


class Case:
    """One held-out prompt with the turn that the model must write."""

    def __init__(self, chat, example):
        self.example = example
        self.last = len(example.messages) - 1
        prompt = chat.render(example.messages[:self.last], example.tools, example.thinking, prompt=True)
        self.prompt = chat.encode(prompt)
        end = chat.ids["<|im_end|>"]
        whole = chat.encode(chat.render(example.messages, example.tools, example.thinking))
        self.ids = whole[:len(whole) - whole[::-1].index(end)]
        assert self.ids[:len(self.prompt)] == self.prompt
        self.expected = final(chat, self.ids[len(self.prompt):])


def final(chat, ids):
    """What follows the reasoning: the content or the tool call of a turn."""
    closed = chat.ids["</think>"]
    if closed in ids:
        ids = ids[len(ids) - ids[::-1].index(closed):]
    return chat.tokenizer.decode(ids, skip_special_tokens=False).replace("<|im_end|>", "").strip()


def cases(chat, task, thinking, names, count, split):
    made, wanted = [], 0
    while len(made) < count:
        wanted = max(count, wanted * 2)
        made = [Case(chat, e) for e in mixture.held_out(task, wanted, SEED, thinking, names, split) if e.task != "with_tools"]
        if task == "recall_long":
            made = [case for case in made if len(case.prompt) > 500]
    return made[:count]


@torch.no_grad()
def run(model, ids, depth=0):
    """Greedy next tokens of the trunk and of each MTP depth at every position, and the expert loads."""
    filling = (ids * model.s.chunk)[:-len(ids) % model.s.chunk]  # never seen by the tokens before it
    padded = torch.tensor([ids + filling])
    rows = rows_of(torch.arange(padded.shape[1]).unsqueeze(0))
    hidden, statistics = model.trunk(padded, rows)
    outputs, more = model.drafts(padded, hidden, rows, depth) if depth else ([], [])
    best = [model.lm_head(state[0, :len(ids)]).argmax(-1).tolist() for state in [hidden] + outputs]
    return best, [load for load, _ in statistics + more[:1]]


def continues(best, case):
    """Whether the greedy continuation of the prompt is the expected turn, token by token."""
    start = len(case.prompt)
    return best[0][start - 1:len(case.ids) - 1] == case.ids[start:]


def first_difference(best, case):
    """Length of the expected text up to the first token that the model would choose differently."""
    return next(i for i in range(len(case.prompt), len(case.ids)) if best[0][i - 1] != case.ids[i])


def greedy(model, chat, case, best, complete):
    """Continues where the model leaves the expected turn; unless `complete`, only while the answer can still be right."""
    cut = first_difference(best, case)
    ids, closed, end = case.ids[:cut] + [best[0][cut - 1]], chat.ids["</think>"], chat.ids["<|im_end|>"]
    while len(ids) < len(case.prompt) + LONGEST_ANSWER and ids[-1] not in (2, end):
        written = ids[len(case.prompt):]
        answering = closed in written or not case.example.thinking
        if not complete and answering and not case.expected.startswith(final(chat, written)):
            break
        ids.append(run(model, ids)[0][0][-1])
    return ids[len(case.prompt):]


def unrouted(model, moes, case):
    for moe in moes:
        moe.routed = False
    best, _ = run(model, case.ids)
    for moe in moes:
        moe.routed = True
    return best


def accepted(best, ids, start):
    """For each token of the turn but the last ones: how many of the three drafts made there are right in a row."""
    counts, length = [], len(ids)
    for t in range(start - 1, length - 2):
        # token t+1 is known; depth k predicts token t+1+k
        right = 0
        while right < 3 and t + 2 + right < length and best[1 + right][t] == ids[t + 2 + right]:
            right += 1
        counts.append((right, min(3, length - 2 - t)))
    return counts


def speculative(counts):
    """The walk of speculative decoding with three drafts over these positions: accepted drafts of each round."""
    rounds, at = [], 0
    while at < len(counts):
        rounds.append(counts[at])
        at += counts[at][0] + 1
    return rounds


def shares(counts):
    return [100 * sum(right >= k for right, possible in counts if possible >= k) / max(1, sum(possible >= k for _, possible in counts)) for k in (1, 2, 3)]


def percent(values):
    return 100 * sum(values) / max(1, len(values))


def line(task, case, output):
    example = case.example
    return json.dumps({
        "task": task, "messages": example.messages[:case.last], "tools": example.tools, "enable_thinking": example.thinking,
        "prompt_ids": case.prompt, "expected": case.expected, "output_ids": output}, ensure_ascii=False, separators=(",", ":"))


@dataclass
class Result:
    """What was seen on the prompts of one row of the table."""

    cell: tuple
    exact: list = field(default_factory=list)  # the turn is the expected one, token by token
    right: list = field(default_factory=list)  # what follows the reasoning is the expected answer or call
    routed: list = field(default_factory=list)  # exact with and without routed experts
    drafts: list = field(default_factory=list)  # of each exact turn: accepted drafts at its tokens
    loads: list = field(default_factory=list)
    lines: list = field(default_factory=list)


def measure(folder, cell, count, split):
    """All that one row of the table needs."""
    torch.set_num_threads(1)
    task, thinking, names, floor = cell
    chat = Chat(Tokenizer.from_file(f"{folder}/tokenizer.json"))
    model, end = restore(folder), chat.ids["<|im_end|>"]
    moes = [block.mixer for block in model.backbone.layers if block.kind == "E"]
    result = Result(cell)
    for i, case in enumerate(cases(chat, task, thinking, names, count, split)):
        best, seen = run(model, case.ids, 3 if i % 2 == 0 else 0)
        result.loads.append(torch.stack(seen[:len(moes)]).tolist())
        same = continues(best, case)
        output, kept = case.ids[len(case.prompt):], i < (KEPT if floor else KEPT // 2)
        if not same:
            output = greedy(model, chat, case, best, kept)
        elif i % 2 == 0:
            result.drafts.append(accepted(best, case.ids, len(case.prompt)))
        result.exact.append(same)
        result.right.append(output[-1] == end and final(chat, output) == case.expected)
        if i % 3 == 0:
            result.routed.append((same, continues(unrouted(model, moes, case), case)))
        if kept:
            result.lines.append(line(task, case, output))
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--count", type=int, default=100, help="prompts of a row of the table")
    parser.add_argument("--development", action="store_true", help="the split for looking at while the data change")
    parser.add_argument("--heldout", help="the file for the prompts")
    options = parser.parse_args()
    begin, results, below = time.time(), [], []
    print("| task | thinking | exact turn | right answer | floor |\n|---|---|---|---|---|")
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for result in pool.map(measure, repeat(options.model), CELLS, repeat(options.count), repeat(DEVELOPMENT if options.development else TEST)):
            results.append(result)
            task, thinking, _, floor = result.cell
            name = f"{task} | {'on' if thinking else 'off'}"
            print(f"| {name} | {percent(result.exact):.0f} | {percent(result.right):.0f} | {floor or ''} |", flush=True)
            if floor and percent(result.right) < floor:
                below.append(name.replace(" | ", " thinking "))
    drafts = [turn for result in results for turn in result.drafts]
    rounds = [count for turn in drafts for count in speculative(turn)]
    load = torch.tensor([load for result in results for load in result.loads]).mean(0)
    load = load / load.mean(1, keepdim=True)
    exact, without = (percent([pair[i] for result in results for pair in result.routed]) for i in (0, 1))
    print("MTP drafts accepted at depth 1, 2, 3: at every token %.1f %.1f %.1f, in speculative decoding with three drafts %.1f %.1f %.1f"
          % (*shares([count for turn in drafts for count in turn]), *shares(rounds)))
    print("tokens per trunk pass with three drafts: %.2f" % (sum(right + 1 for right, _ in rounds) / max(1, len(rounds))))
    print("load of experts over the mean, per MoE block: " + ", ".join(f"{block.min():.2f}-{block.max():.2f}" for block in load))
    print(f"exact turns with routed experts {exact:.1f}, without {without:.1f}")
    print(f"below the floor: {', '.join(below) or 'none'}; {time.time() - begin:.0f} s")
    if options.heldout:
        with open(options.heldout, "w") as file:
            file.write("\n".join(text for result in results for text in result.lines) + "\n")
    if exact - without < LEAST_LOSS:
        sys.exit("the routed experts are dead")
    if load.min() < LEAST_LOAD or load.max() > LARGEST_LOAD:
        sys.exit("the load of the experts is not balanced")


if __name__ == "__main__":
    main()
