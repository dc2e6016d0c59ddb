"""The mixture of tasks, and the stream of tokenised examples."""

import random

from . import calls, documents, numbers, talk
from .draw import TRAINING, Draw

SYSTEM = ["You are a helpful assistant.", "Be brief.", "Answer the question.", "You are a friendly assistant.", "Help the user.", "Answer in one sentence.", "You are nemotron-tiny.",
          "Use the tools when they fit.", "Be helpful and honest.", "You help people.", "Think first, then answer.", "Keep answers short.", "You are an assistant that can call tools.", "Do what the user asks."]


def recall(draw, thinking, low, high, questions):
    return documents.recall(draw, draw.number(low, high), thinking, draw.number(1, questions))


# weight, and what makes the example
TASKS = {
    "add1": (3, lambda d, t: numbers.addition(d, 1, t)),
    "add2": (12, lambda d, t: numbers.addition(d, 2, t)),
    "add3": (16, lambda d, t: numbers.addition(d, 3, t)),
    "tool_call": (34, calls.tool_call),
    "multi_step": (9, calls.multi_step),
    "no_tool": (17, calls.no_tool_fits),
    "recall_short": (14, lambda d, t: recall(d, t, 1, 8, 4)),
    "recall_medium": (6, lambda d, t: recall(d, t, 8, 20, 6)),
    "recall_long": (6, lambda d, t: recall(d, t, 30, 46, 8)),
    "extract": (14, documents.extraction),
    "self": (5, talk.about_self),
    "chat": (2, talk.small_talk),
    "named": (2, talk.named),
    "beyond": (2, talk.beyond),
    "repeat": (6, talk.repeat),
}
THOUGHT = {"add2": 0.9, "add3": 0.95, "no_tool": 0.5}  # share of examples with reasoning, where it is not the usual one
USUALLY_THOUGHT = 0.6
OPENERS = [talk.small_talk, talk.named, talk.about_self, talk.beyond, lambda d, t: numbers.addition(d, 1, t), lambda d, t: numbers.addition(d, 2, True)]


def example(draw, task=None, thinking=None):
    names = list(TASKS)
    task = task or draw.rng.choices(names, [TASKS[n][0] for n in names])[0]
    if thinking is None:
        thinking = draw.chance(THOUGHT.get(task, USUALLY_THOUGHT))
    made = TASKS[task][1](draw, thinking)
    if draw.split == TRAINING and draw.chance(0.08):
        earlier = draw.one(OPENERS)(draw, False).messages
        for message in earlier:
            message.pop("reasoning_content", None)
        made.messages = earlier + made.messages
    if draw.chance(0.25):
        made.messages = [{"role": "system", "content": draw.part(SYSTEM)}] + made.messages
    return made


def held_out(task, count, seed, thinking, named, split):
    """Examples of a split with an unseen phrasing and, where a task has names, an unseen word."""
    found, attempt = [], 0
    while len(found) < count:
        attempt += 1
        draw = Draw(random.Random(f"{seed}-{task}-{thinking}-{attempt}"), split)
        made = example(draw, task, thinking)
        if draw.unseen_parts and (draw.unseen_words or not named):
            found.append(made)
    return found


def encode(chat, made, longest=1000):
    """Token ids and the mask of those that the model writes; None where the example is too long."""
    ids = chat.encode(chat.render(made.messages, made.tools, made.thinking))
    return (ids, chat.supervised(ids)) if len(ids) <= longest else None


def stream(chat, seed):
    draw = Draw(random.Random(seed))
    while True:
        encoded = encode(chat, example(draw))
        if encoded:
            yield encoded
