"""Addition, column by column when reasoning. The column line holds the table of single-digit sums with its carry."""

from . import words
from .draw import TRAINING, Example, split_of
from .grammar import expand

COLUMNS = ["Units", "Tens", "Hundreds"]
ASK = expand("(What is|What's|How much is|What do you get for|What does it make:|What is the sum:|Work out|Calculate|Compute|Solve|Tell me|Find|Give me|) {a}( + | plus |+){b}(|?|.| = ?)",
             "(Add|Please add|Can you add|Now add|Sum up|Put together|Take together) {a} (and|to) {b}(|.|!)",
             "(What is|Tell me|Find|Calculate|Give me|Compute|Work out) the (sum|total|result) of {a} (and|plus|+) {b}(.|?)",
             "How much (do|are|make) {a} and {b} (make |)together?", "(The numbers are|I have|Here are|Take|Look at) {a} and {b}. (What is their sum?|Add them.|Sum them up.|What is the total?)",
             "(If you add|When I add|If I add) {a} (and|to) {b}, what (do you get|do I get|is it|comes out)?", "I have {a} and get {b} more. How many (are there|is that|do I have)?")
STORY = expand(
    "{p} (has|had|owns|holds|counts|keeps) {a} {x} and (gets|finds|receives|wins|takes|buys) {b} (more|more {x}). How many {x} (does {p} have now|are there now|are there|has {p} now|is that)?",
    "{p} (buys|finds|sells|sold|found|brings|makes) {a} {x} and (then|later|also|after that) {b} {x}. How many {x} (are there|is that|were there|in total|does {p} have)?",
    "There are {a} {x} in the (box|bag|shop|basket). {p} (adds|brings|puts in) {b}. How many {x} are (there now|in it|in the box|there)?",
    "{p} (found|bought|had|got) {a} {x}, (later|then|and a friend brought) {b} more. How many {x} (in total|are there now|is that)?",
    "(In the shop|On the table|In the bag) there are {a} {x} and {b} more (arrive|come|are added). How many {x} (is that|are there)?",
    "{p} (counts|sells|buys) {a} {x} on (Monday|Tuesday) and {b} on (Friday|Sunday). How many {x} (together|in total|is that)?")
LEAD = expand("(Please|Quick question|A sum for you|Can you help|One more|Math|Next|Easy one|Next sum|A question|My question|For you)(: |? |, please: |! )", "(Hi|Hello|Hey|Good morning)(! |. |, | there, |! Please: )")


def split_of_sum(a: int, b: int) -> int:
    return TRAINING if a + b <= 18 else split_of(f"{a}+{b}")


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
        if digits == 1 or split_of_sum(a, b) == draw.split:
            break
    if digits > 1 and draw.chance(0.2):
        text = draw.part(STORY, a=a, b=b, p=words.person(draw, 0.1), x=draw.common(words.FRUIT))
    else:
        text = draw.part(ASK, a=a, b=b)
        if draw.chance(0.4):
            text = draw.part(LEAD) + text
    answer = {"role": "assistant", "content": f"{a} + {b} = {a + b}"}
    if thinking:
        answer["reasoning_content"] = reasoning(a, b)
    return Example(f"add{digits}", [{"role": "user", "content": text}, answer], None, thinking)
