"""Facts in a text: recall of one of them, and extraction to JSON."""

import json

from . import words
from .draw import Example
from .facts import FACTS, INTRODUCTION, JOINT
from .grammar import expand


def recall(draw, facts, thinking, questions=1):
    people, told = set(), []
    while len(told) < facts:
        name = words.person(draw, 0.2)
        if name.split()[0] in people:
            continue
        people.add(name.split()[0])
        fact = FACTS[draw.one(sorted(FACTS))]
        told.append((fact, name, fact.value(draw)))
    introduction = draw.part(INTRODUCTION) if draw.chance(0.7) else ""
    text = introduction + draw.one((" ", " ", "\n")).join(draw.part(fact.statements, p=name, v=value) for fact, name, value in told)
    messages, asked = [], draw.sample(told, min(questions, facts))
    for i, (fact, name, value) in enumerate(asked):
        question = draw.part(fact.questions, p=name)
        messages.append({"role": "user", "content": question if i else text + draw.part(JOINT) + question})
        answer = {"role": "assistant", "content": fact.answer.format(p=name, v=value)}
        if thinking and i == len(asked) - 1:
            answer["reasoning_content"] = f"The text says {name}: {value}."
        messages.append(answer)
    return Example("recall", messages, None, thinking)


KEYS = {
    "age": (expand("(is|is now|turned|has turned|just turned|became) {v} years old", "is aged {v}", "is {v}", "(has an age of|has reached the age of|is at the age of|celebrates the age of) {v}"),
            lambda d: d.number(18, 90)),
    "city": (expand("(lives|is living|now lives|stays|is at home|has a house|has a flat|has settled|feels at home) in {v}", "(comes|is) from {v}", "(moved|has moved|came) to {v}"), words.city),
    "job": (expand("(works|earns money|is employed|is known|was hired|has a job|started) as a {v}", "(is|is now|became|has become|wants to be) a {v}"), lambda d: d.common(words.JOB)),
    "phone": (expand("(has|uses|gave|got|wrote down|shares) the (phone|phone number) {v}", "(can be called|can be reached|is reached|answers calls|waits for calls) at {v}"), lambda d: "".join(str(d.number(0, 9)) for _ in range(5))),
    "pet": (expand("(has|owns|keeps|walks|feeds|got|cares for|came with|lives with|takes care of|raised) a {v}"), lambda d: d.common(words.ANIMAL)),
    "hobby": (expand("(likes|enjoys|loves|adores|is fond of|is crazy about|spends the weekend with|dreams of|is happy with|never gets enough of) {v}", "has {v} as a hobby"), lambda d: d.common(words.LIKES)),
    "color": (expand("(prefers|wears|picks|chose|wants|voted for|asked for|always takes) (the color|everything in|the team color) {v}", "(prefers|wears|chose|picked) {v}"), lambda d: d.common(words.COLOR)),
}
ORDER = expand(
    "(Extract|Return|Write|Give me|Produce|Make|Output|Show|Please extract|Please return|Please write|Collect|I need) (JSON with|a JSON object with|JSON with the keys|a JSON object with the fields|JSON for|the JSON of) {k}",
    "(Extract|Give me|Return|Pull out|Find|Please extract|Please find|Collect|I need|Read) (|the values of |the fields ){k} (as JSON|in JSON|as a JSON object|in JSON form)",
    "(Convert|Turn|Change) (it|this) (to|into) JSON with {k}")
SHAPE = ["{o}: {t}", "{o}.\n{t}", "{o}:\n{t}", "{t}\n{o}.", "Text: {t}\n{o}.", "{o} from this text: {t}", "{o}. The text is: {t}", "{t}\n\n{o}."]


def extraction(draw, thinking):
    keys = draw.sample(sorted(KEYS), draw.number(2, 4))
    values = {"name": words.person(draw, 0.6)} | {key: KEYS[key][1](draw) for key in keys}
    clauses = [draw.part(KEYS[key][0], v=values[key]) for key in keys]
    text = values["name"] + " " + clauses[0]
    for clause in clauses[1:]:
        text += draw.one((" and ", ", ", ". This person ", ", also ", " and also ")) + clause
    text += "."
    wanted = [k for k in values if draw.chance(0.8)] or ["name"]
    if draw.chance(0.6):
        draw.rng.shuffle(wanted)
    listed = ", ".join(wanted[:-1]) + draw.one((" and ", ", ")) + wanted[-1] if len(wanted) > 1 else wanted[0]
    message = draw.one(SHAPE).format(o=draw.part(ORDER, k=listed), t=text)
    answer = {"role": "assistant", "content": json.dumps({k: values[k] for k in wanted}, ensure_ascii=False)}
    if thinking:
        answer["reasoning_content"] = "The keys are " + ", ".join(wanted) + "."
    return Example("extract", [{"role": "user", "content": message}, answer], None, thinking)
