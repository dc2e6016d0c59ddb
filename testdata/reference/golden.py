"""Golden values of one checkpoint: prompts with clear decisions, and what the float64 reference makes of them.

A decision is clear when rounding in float32 cannot turn it: the last expert chosen leads the first one rejected by
more than CLEAR in sigmoid units, and a greedy token leads the runner-up by more than CLEAR in logits.
"""

import json
from pathlib import Path

import numpy as np

from nemotron_h import NemotronH

CLEAR = 1e-3
CONTINUATION, DRAFTS = 16, 3
DISTINCT = 5  # tokens that a continuation must have, lest it be the same one over and over
SHORT, MEDIUM = 12, 40


def values(model: NemotronH, seed: int, long: int) -> dict:
    """The golden's sequences, with the smallest margins met in them."""
    random = np.random.default_rng(seed)
    sequences = [sequence(model, random, "short", SHORT, range(SHORT)),
                 sequence(model, random, "medium", MEDIUM, [0, 15, 16, 38, 39])]
    if long:
        sequences.append(sequence(model, random, "long", long, [0, 15, 16, 127, 128, 129, long - 1]))
    return {"sequences": sequences}


def sequence(model: NemotronH, random: np.random.Generator, name: str, length: int, positions) -> dict:
    while True:
        model.routing_margins.clear()
        ids = clear_prompt(model, random, length)
        tokens, lead = model.greedy(ids, CONTINUATION)
        drafts = model.draft(ids, DRAFTS) if model.has_mtp else None
        leads = [lead] + ([] if drafts is None else [float(np.diff(np.sort(row)[-2:])[0]) for row in drafts])
        if len(set(tokens)) >= DISTINCT and min(leads) > CLEAR and min(model.routing_margins, default=1) > CLEAR:
            break
    logits = model.logits(model.trunk(ids, {}))
    result = {"name": name, "ids": ids, "positions": list(positions), "logits": logits[list(positions)],
              "greedy": tokens, "margins": {"greedy": min(leads)}}
    if model.routing_margins:
        result["margins"]["router"] = min(model.routing_margins)
    if drafts is not None:
        result["draft"] = {"first": tokens[0], "tokens": [int(np.argmax(row)) for row in drafts], "logits": drafts}
    return result


def clear_prompt(model: NemotronH, random: np.random.Generator, length: int) -> list[int]:
    """Random tokens, each of them drawn again until all its routers are clear, in the trunk and in the MTP head."""
    ids, state, head_state, hidden = [], {}, {}, None
    vocabulary = len(model.weights["backbone.embeddings.weight"])
    while len(ids) < length:
        token, trial, head_trial = int(random.integers(vocabulary)), dict(state), dict(head_state)
        before = len(model.routing_margins)
        output = model.trunk([token], trial)
        if model.has_mtp and ids:
            model.mtp(hidden, [token], head_trial)
        if min(model.routing_margins[before:], default=1) > CLEAR:
            ids.append(token)
            state, head_state, hidden = trial, head_trial, output
        else:
            del model.routing_margins[before:]
    return ids


def write(path: Path, golden: dict) -> None:
    """JSON with one line a row of numbers, ten significant digits."""
    path.write_text(_text(golden, 0) + "\n")


def _text(value, depth: int) -> str:
    indent = "\n" + " " * (depth + 1)
    if isinstance(value, dict):
        parts = (f"{json.dumps(key)}: {_text(entry, depth + 1)}" for key, entry in value.items())
        return "{" + indent + ("," + indent).join(parts) + "\n" + " " * depth + "}"
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return "[" + ",".join(f"{number:.10g}" for number in value) + "]"
    if isinstance(value, np.ndarray) or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return "[" + indent + ("," + indent).join(_text(entry, depth + 1) for entry in value) + "\n" + " " * depth + "]"
    return json.dumps(value, separators=(",", ":"))
