"""Addition, column by column when reasoning. The column line holds the table of single-digit sums with its carry."""

import zlib

from . import words
from .draw import Example

COLUMNS = ["Units", "Tens", "Hundreds"]
ASK = ["What is {a} + {b}?", "{a} + {b}", "{a} + {b} = ?", "Add {a} and {b}.", "How much is {a} plus {b}?", "What is the sum of {a} and {b}?",
       "Calculate {a} + {b}.", "Compute {a} + {b}", "What does {a} + {b} make?", "What is {a} plus {b}?", "Please add {a} to {b}.",
       "Sum up {a} and {b}.", "Tell me {a} + {b}.", "Solve {a} + {b}.", "Work out {a} plus {b}.", "{a}+{b}?", "What do you get for {a} + {b}?",
       "{a} plus {b}?", "How much do {a} and {b} make together?", "Find the total of {a} and {b}.", "What is the result of {a} + {b}?",
       "The numbers are {a} and {b}. What is their sum?", "If you add {a} and {b}, what do you get?", "Give me the sum {a} + {b}",
       "I have {a} and get {b} more. How many are there?", "Put {a} and {b} together.", "Take {a} and add {b}.", "What is the total of {a} and {b}?"]
STORY = ["{p} has {a} {x} and gets {b} more. How many {x} does {p} have now?", "{p} buys {a} {x} and then {b} {x}. How many {x} are there?",
         "There are {a} {x} in the box. {p} adds {b}. How many {x} are in the box?", "{p} found {a} {x}, later {b} more. How many {x} in total?",
         "{p} had {a} {x}. A friend brought {b}. How many {x} are there now?", "In the shop there are {a} {x} and {b} more arrive. How many {x} is that?",
         "{p} counts {a} {x} on Monday and {b} on Friday. How many {x} together?", "{p} sold {a} {x} and then {b} {x}. How many {x} were sold?"]
LEAD = ["", "", "", "", "Please: ", "Quick question: ", "Hi! ", "Hello. ", "A sum for you: ", "Can you help? ", "One more: ", "Math: ", "Next: ", "Easy one: "]


def is_held_out(a: int, b: int) -> bool:
    return a + b > 18 and zlib.crc32(f"{a}+{b}".encode()) % 10 == 0


def reasoning(a: int, b: int) -> str:
    lines, carry, digits = [], 0, []
    for column in range(max(len(str(a)), len(str(b)))):
        x, y = a // 10**column % 10, b // 10**column % 10
        total = x + y + carry
        lines.append(f"{COLUMNS[column]}: {x}+{y}+{carry}={total}, write {total % 10}, carry {total // 10}.")
        digits.append(total % 10)
        carry = total // 10
    if carry:
        lines.append(f"Rest: {carry}.")
    return "\n".join(lines)


def _number(draw, digits):
    return draw.number(0 if digits == 1 else 10 ** (digits - 1), 10**digits - 1)


def addition(draw, digits, thinking=True):
    """The sum of two numbers of at most the given count of digits, one of them exactly."""
    while True:
        a, b = _number(draw, digits), _number(draw, digits if draw.chance(0.8) else draw.number(1, digits))
        if draw.chance(0.5):
            a, b = b, a
        if digits == 1 or is_held_out(a, b) == draw.held_out:
            break
    if digits > 1 and draw.chance(0.2):
        text = draw.part(STORY, a=a, b=b, p=words.person(draw, 0.1), x=draw.common(words.FRUIT))
    else:
        text = draw.part(ASK, a=a, b=b)
        if draw.chance(0.3):
            text = draw.part(LEAD) + text
    answer = {"role": "assistant", "content": f"{a} + {b} = {a + b}"}
    if thinking:
        answer["reasoning_content"] = reasoning(a, b)
    return Example(f"add{digits}", [{"role": "user", "content": text}, answer], None, thinking)
