"""Facts in a text: recall of one of them, and extraction to JSON."""

import json

from . import words
from .draw import Example

# kind: (statements, questions, value, answer)
FACTS = {
    "city": (["{p} lives in {v}.", "{p} is at home in {v}.", "The home of {p} is {v}.", "{p} has a house in {v}.", "{p} moved to {v}.", "{p} is living in {v}.", "{p} comes from {v}."],
             ["Where does {p} live?", "In which city does {p} live?", "Which city is the home of {p}?", "Where is the home of {p}?", "What is the city of {p}?", "Where can I find {p}?", "Name the city of {p}."],
             words.city, "{p} lives in {v}."),
    "job": (["{p} works as a {v}.", "{p} is a {v}.", "The job of {p} is {v}.", "{p} became a {v}.", "{p} earns money as a {v}.", "{p} has a job as {v}.", "By profession {p} is a {v}."],
            ["What is the job of {p}?", "What does {p} do for work?", "What is {p} by profession?", "Which job does {p} have?", "As what does {p} work?", "Tell me the job of {p}.", "How does {p} earn money?"],
            lambda d: d.common(words.JOB), "{p} is a {v}."),
    "likes": (["{p} likes {v}.", "{p} is fond of {v}.", "{p} enjoys {v}.", "The favourite of {p} is {v}.", "{p} is happy with {v}.", "{p} loves {v}.", "{p} cannot live without {v}."],
              ["What does {p} like?", "What is {p} fond of?", "What does {p} enjoy?", "What makes {p} happy?", "Which thing does {p} like?", "What does {p} love?", "Tell me what {p} likes."],
              lambda d: d.common(words.LIKES), "{p} likes {v}."),
    "code": (["The code of {p} is {v}.", "{p} has the code {v}.", "{p} uses code {v}.", "{p} owns the code {v}.", "{p} got the number {v}.", "For {p} the code is {v}.", "{p} was given code {v}."],
             ["What is the code of {p}?", "Which code does {p} have?", "Which code belongs to {p}?", "What code does {p} use?", "Give me the code of {p}.", "Which number did {p} get?", "I need the code of {p}."],
             words.code, "The code of {p} is {v}."),
    "pet": (["{p} has a {v}.", "{p} owns a {v}.", "The pet of {p} is a {v}.", "{p} lives with a {v}.", "{p} takes care of a {v}.", "{p} got a {v}.", "{p} walks with a {v}."],
            ["Which animal does {p} have?", "What pet does {p} have?", "What is the pet of {p}?", "Which animal lives with {p}?", "Which pet does {p} own?", "What animal belongs to {p}?", "Name the pet of {p}."],
            lambda d: d.common(words.ANIMAL), "{p} has a {v}."),
    "thing": (["{p} bought a {v}.", "{p} carries a {v}.", "{p} found a {v}.", "{p} is the owner of a {v}.", "{p} brought a {v}.", "{p} keeps a {v}.", "{p} left a {v}."],
              ["What did {p} buy?", "What does {p} carry?", "What did {p} find?", "Which thing belongs to {p}?", "What did {p} bring?", "What does {p} keep?", "Which object is linked to {p}?"],
              lambda d: d.common(words.COLOR) + " " + d.common(words.OBJECT), "It is the {v}."),
}
INTRODUCTION = ["Read this:\n", "Here are some notes.\n", "Notes:\n", "Text:\n", "", "Please read the text and answer.\n", "Some facts:\n", "Here is a text.\n",
                "Look at these notes.\n", "These are the facts:\n", "Use this text:\n", "Facts to remember:\n", "I give you a list.\n", "Context:\n"]
JOINT = ["\n", "\nQuestion: ", "\nNow tell me: ", "\n\n", "\nMy question: ", "\nAnswer this: ", "\nI want to know: ", "\nUse the text. ", "\nAsking now: "]


def recall(draw, facts, thinking, questions=1):
    people, told = set(), []
    while len(told) < facts:
        name = words.person(draw, 0.2)
        if name.split()[0] in people:
            continue
        people.add(name.split()[0])
        kind = draw.one(sorted(FACTS))
        value = FACTS[kind][2](draw)
        told.append((kind, name, value))
    text = draw.part(INTRODUCTION) + draw.one((" ", " ", "\n")).join(draw.part(FACTS[kind][0], p=name, v=value) for kind, name, value in told)
    messages = []
    for i, (kind, name, value) in enumerate(draw.sample(told, min(questions, facts))):
        question = draw.part(FACTS[kind][1], p=name)
        messages.append({"role": "user", "content": question if i else text + draw.part(JOINT) + question})
        answer = {"role": "assistant", "content": FACTS[kind][3].format(p=name, v=value)}
        if thinking and i == min(questions, facts) - 1:
            answer["reasoning_content"] = f"The text says {name}: {value}."
        messages.append(answer)
    return Example("recall", messages, None, thinking)


KEYS = {
    "name": (None, None),
    "age": (["is {v} years old", "is aged {v}", "is {v}", "turned {v}", "has an age of {v}", "reached the age of {v}", "just became {v}"], lambda d: d.number(18, 90)),
    "city": (["lives in {v}", "comes from {v}", "is from {v}", "has a home in {v}", "stays in {v}", "moved to {v}", "settled in {v}"], words.city),
    "job": (["works as a {v}", "is a {v}", "has a job as {v}", "became a {v}", "earns money as a {v}", "is known as a {v}", "is employed as a {v}"], lambda d: d.common(words.JOB)),
    "phone": (["has the phone number {v}", "can be called at {v}", "uses phone {v}", "answers calls at {v}", "gave the phone number {v}", "wrote down phone {v}", "is reached at {v}"], lambda d: "".join(str(d.number(0, 9)) for _ in range(5))),
    "pet": (["has a {v}", "owns a {v}", "keeps a {v}", "walks a {v}", "feeds a {v}", "came with a {v}", "cares for a {v}"], lambda d: d.common(words.ANIMAL)),
    "hobby": (["likes {v}", "enjoys {v}", "loves {v}", "spends the weekend with {v}", "is fond of {v}", "is crazy about {v}", "has {v} as a hobby"], lambda d: d.common(words.LIKES)),
    "color": (["prefers {v}", "wears {v}", "picks the color {v}", "chose {v}", "paints everything {v}", "voted for {v}", "wants it in {v}"], lambda d: d.common(words.COLOR)),
}
ORDER = ["Extract {k} as JSON", "Give me {k} as JSON", "Return JSON with {k}", "Extract the fields {k} as JSON", "Write JSON with the keys {k}", "Turn this into JSON with {k}",
         "I need {k} in JSON", "Convert to JSON with {k}", "Find {k} in the text and answer as JSON", "JSON with {k} please", "Make a JSON object with {k}", "Output {k} in JSON form",
         "Please extract {k} to JSON", "Pull {k} out of the text as JSON", "Collect {k} into a JSON object", "Produce JSON containing {k}"]
SHAPE = ["{o}: {t}", "{o}.\n{t}", "{o}:\n{t}", "{t}\n{o}.", "Text: {t}\n{o}.", "{o} from this text: {t}", "{o}. The text is: {t}", "{t}\n\n{o}"]


def extraction(draw, thinking):
    keys = draw.sample(sorted(k for k in KEYS if k != "name"), draw.number(2, 4))
    values = {"name": words.person(draw, 0.7)} | {key: KEYS[key][1](draw) for key in keys}
    clauses = [draw.part(KEYS[key][0], v=values[key]) for key in keys]
    text = values["name"] + " " + clauses[0]
    for clause in clauses[1:]:
        text += draw.one((" and ", ", ", ". This person ", ", also ", " and also ")) + clause
    text += "."
    wanted = [k for k in values if draw.chance(0.8)] or ["name"]
    if draw.chance(0.6):
        draw.rng.shuffle(wanted)
    listed = ", ".join(wanted[:-1]) + draw.one((" and ", ", ")) + wanted[-1] if len(wanted) > 1 else wanted[0]
    message = draw.part(SHAPE, o=draw.part(ORDER, k=listed), t=text)
    answer = {"role": "assistant", "content": json.dumps({k: values[k] for k in wanted}, ensure_ascii=False)}
    if thinking:
        answer["reasoning_content"] = "The keys are " + ", ".join(wanted) + "."
    return Example("extract", [{"role": "user", "content": message}, answer], None, thinking)
