"""Tool use: a call, a call with its result, and a request that no tool fits."""

import json

from . import numbers, talk, tools, words
from .draw import Example

RESULTS = """status temperature price total name city state level result score count rating address phone color code rank speed distance weight owner
date time room seat gate""".split()
FAILURES = "not found;access denied;time out;wrong code;no connection;out of stock;too many requests;server busy;invalid date".split(";")
NO_TOOL = "I have no tool for that."


def _call(tool, arguments, thinking):
    message = {"role": "assistant", "content": "", "tool_calls": [
        {"type": "function", "function": {"name": tool.name, "arguments": arguments}}]}
    if thinking:
        message["reasoning_content"] = f"This is about {tool.verb} {tool.noun}. {tool.name} fits."
    return message


def tool_call(draw, thinking):
    box = tools.toolbox(draw, draw.number(1, 4))
    tool = draw.one(box)
    text, arguments = tools.asked(draw, tool)
    messages = [{"role": "user", "content": text}, _call(tool, arguments, thinking)]
    return Example("tool_call", messages, [t.definition(draw) for t in box], thinking)


def _result(draw):
    if draw.chance(0.15):
        failure = draw.one(FAILURES)
        return {"error": failure}, f"The tool failed: {failure}."
    values = {}
    for key in draw.sample(RESULTS, draw.number(1, 3)):
        kind = draw.number(0, 4)
        values[key] = (draw.number(0, 999) if kind < 2 else words.city(draw) if kind == 2 else words.person(draw) if kind == 3 else draw.common(words.COLOR))
    parts = [f"the {key} is {value}" for key, value in values.items()]
    text = ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else parts[0]
    return values, "T" + text[1:] + "."


def multi_step(draw, thinking):
    example = tool_call(draw, thinking)
    values, answer = _result(draw)
    reply = {"role": "assistant", "content": answer}
    if thinking:
        reply["reasoning_content"] = "The tool has answered."
    messages = example.messages + [{"role": "tool", "content": json.dumps(values, ensure_ascii=False)}, reply]
    return Example("multi_step", messages, example.tools, thinking)


def no_tool_fits(draw, thinking):
    box = tools.toolbox(draw, draw.number(1, 4))
    definitions = [t.definition(draw) for t in box]
    if draw.chance(0.15):  # a message that needs no tool at all
        other = draw.one((talk.small_talk, talk.about_self, lambda d, t: numbers.addition(d, d.number(1, 2), t)))(draw, thinking)
        return Example("with_tools", other.messages, definitions, thinking)
    wanted = tools.toolbox(draw, 1)[0]
    used = {t.noun for t in box}
    if draw.chance(0.15):
        wanted.noun = draw.one(box).noun
    else:
        while wanted.noun in used:
            wanted.noun = tools.noun(draw)
    if any((t.verb, t.noun) == (wanted.verb, wanted.noun) for t in box):
        return no_tool_fits(draw, thinking)
    text, _ = tools.asked(draw, wanted)
    reply = {"role": "assistant", "content": NO_TOOL}
    if thinking:
        reply["reasoning_content"] = f"This is about {wanted.verb} {wanted.noun}. No tool fits."
    return Example("no_tool", [{"role": "user", "content": text}, reply], definitions, thinking)
