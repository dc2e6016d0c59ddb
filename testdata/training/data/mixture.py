"""The mixture of tasks, and the stream of tokenised examples."""

import random

from . import calls, documents, numbers, talk
from .draw import Draw

SYSTEM = ["You are a helpful assistant.", "Be brief.", "Answer the question.", "You are a friendly assistant.", "Help the user.", "Answer in one sentence.", "You are nemotron-tiny.",
          "Use the tools when they fit.", "Be helpful and honest.", "You help people.", "Think first, then answer.", "Keep answers short.", "You are an assistant that can call tools.", "Do what the user asks."]


def recall(draw, thinking, low, high, questions):
    return documents.recall(draw, draw.number(low, high), thinking, draw.number(1, questions))


# weight, and what makes the example
TASKS = {
    "add1": (4, lambda d, t: numbers.addition(d, 1, t)),
    "add2": (11, lambda d, t: numbers.addition(d, 2, t)),
    "add3": (18, lambda d, t: numbers.addition(d, 3, t)),
    "tool_call": (30, calls.tool_call),
    "multi_step": (10, calls.multi_step),
    "no_tool": (13, calls.no_tool_fits),
    "recall_short": (13, lambda d, t: recall(d, t, 1, 8, 4)),
    "recall_medium": (5, lambda d, t: recall(d, t, 8, 20, 6)),
    "recall_long": (5, lambda d, t: recall(d, t, 30, 48, 8)),
    "extract": (12, documents.extraction),
    "self": (5, talk.about_self),
    "chat": (2, talk.small_talk),
    "named": (2, talk.named),
    "beyond": (2, talk.beyond),
}
BETTER_THOUGHT = {"add2": 0.6, "add3": 0.8, "no_tool": 0.5}  # tasks that are rarely asked without reasoning
OPENERS = [talk.small_talk, talk.named, talk.about_self, talk.beyond, lambda d, t: numbers.addition(d, 1, t), lambda d, t: numbers.addition(d, 2, True)]


def example(draw, task=None, thinking=None):
    names = list(TASKS)
    task = task or draw.rng.choices(names, [TASKS[n][0] for n in names])[0]
    if thinking is None:
        thinking = draw.chance(0.7) or draw.chance(BETTER_THOUGHT.get(task, 0))
    made = TASKS[task][1](draw, thinking)
    if not draw.held_out and draw.chance(0.08):
        earlier = draw.one(OPENERS)(draw, False).messages
        for message in earlier:
            message.pop("reasoning_content", None)
        made.messages = earlier + made.messages
    if draw.chance(0.25):
        made.messages = [{"role": "system", "content": draw.part(SYSTEM)}] + made.messages
    return made


def held_out(task, count, seed, thinking, named=True):
    """Examples with at least one unseen grammar part and, where a task has names, at least one unseen word."""
    found, attempt = [], 0  # the task new_tool: calls of tools about things that no tool was about in training
    while len(found) < count:
        attempt += 1
        draw = Draw(random.Random(f"{seed}-{task}-{thinking}-{attempt}"), held_out=True, new_tools=task == "new_tool")
        made = example(draw, "tool_call" if draw.new_tools else task, thinking)
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
