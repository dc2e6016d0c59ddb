"""What can be said of a person, in many phrasings: the statements and questions of the recall task."""

from dataclasses import dataclass
from typing import Callable

from . import words
from .grammar import expand


@dataclass
class Fact:
    value: Callable
    answer: str
    statements: list
    questions: list


def questions(nouns, direct, indirect):
    """Questions for a property by its nouns ("the city of {p}"), as they are, and by a clause ("where {p} lives")."""
    nouns, clauses = "|".join(nouns), "|".join(indirect)
    return expand(
        f"(What is|What's|Can you tell me|Could you tell me|Do you know|Can you find|Please, what is) the ({nouns}) of {{p}}?",
        f"(Tell me|Name|Give me|I need|Say|Find|Look up|Please tell me|Please give me|I want to know|I would like to know) the ({nouns}) of {{p}}.",
        f"The ({nouns}) of {{p}}, please.", f"{{p}}: what is the ({nouns})?", *direct,
        f"(Tell me|Say|I want to know|I would like to know|Please tell me|Please say|I wonder|Find out) ({clauses}).",
        f"(Do you know|Can you tell me|Could you tell me|Can you say) ({clauses})?")


FACTS = {
    "city": Fact(words.city, "{p} lives in {v}.", expand(
        "{p} (lives|now lives|still lives|is living|is at home|has a house|has a flat|found a home|feels at home) in {v}.", "{p} (comes|is) from {v}.",
        "{p} (moved|has moved|came back) to {v}.", "The (home|city|home town) of {p} is {v}.", "{v} is the (home|city|home town) of {p}.", "In {v} lives {p}."),
        questions(["city", "home", "home town"],
                  expand("Where (does {p} live|is {p} living|is {p} at home|is the home of {p})?", "In which (city|town|place) does {p} live?", "Which (city|town) is the home of {p}?"),
                  ["where {p} lives", "where {p} is at home", "in which city {p} lives"])),
    "job": Fact(lambda d: d.common(words.JOB), "{p} is a {v}.", expand(
        "{p} (works|earns money|is employed|has a job|is known|started|was hired) as a {v}.", "{p} (is|is now|became|has become|wanted to be) a {v}.", "The (job|work|profession) of {p} is {v}.",
        "(By profession|As a job) {p} is a {v}."),
        questions(["job", "work", "profession"],
                  expand("What (does {p} do for work|is {p} by profession)?", "Which (job|profession) does {p} have?", "As what does {p} work?", "How does {p} earn money?"),
                  ["what {p} does for work", "which job {p} has", "how {p} earns money"])),
    "likes": Fact(lambda d: d.common(words.LIKES), "{p} likes {v}.", expand(
        "{p} (likes|loves|enjoys|adores|prefers|is fond of|is happy with|is crazy about|dreams of|cannot live without|always talks about) {v}.", "The (favourite|hobby) of {p} is {v}.",
        "What {p} (likes|loves|enjoys) is {v}.", "(Nothing but|Only) {v} makes {p} happy."),
        questions(["favourite", "hobby"],
                  expand("What does {p} (like|love|enjoy)?", "What is {p} (fond of|crazy about|happy with)?", "What makes {p} happy?", "Which thing does {p} (like|love|enjoy)?"),
                  ["what {p} likes", "what {p} loves", "what {p} enjoys", "what makes {p} happy"])),
    "code": Fact(words.code, "The code of {p} is {v}.", expand(
        "(The|The secret|The door) code of {p} is {v}.", "{p} (has|uses|got|owns|keeps|chose|was given) (the|the secret|a) code {v}.", "(For|To) {p} (belongs|goes) the code {v}.", "The code {v} belongs to {p}."),
        questions(["code", "secret code"],
                  expand("(Which|What) code does {p} (have|use|own)?", "(Which|What) code belongs to {p}?"),
                  ["which code {p} has", "which code {p} uses", "which code belongs to {p}"])),
    "pet": Fact(lambda d: d.common(words.ANIMAL), "{p} has a {v}.", expand(
        "{p} (has|owns|keeps|got|feeds|walks|raised|bought|found|lives with|takes care of|came with) a {v}.", "The (pet|animal) of {p} is a {v}.", "A {v} (belongs to|lives with|follows) {p}."),
        questions(["pet", "animal"],
                  expand("(Which|What) (pet|animal) does {p} (have|own|keep)?", "(Which|What) (pet|animal) (belongs to|lives with) {p}?"),
                  ["which pet {p} has", "which animal {p} has", "which animal {p} owns"])),
    "color": Fact(lambda d: d.common(words.COLOR), "The color of {p} is {v}.", expand(
        "{p} (wears|chose|picked|wants|always takes|paints in|got|has) the color {v}.", "The (color|favourite color|team color) of {p} is {v}.", "The color {v} belongs to {p}."),
        questions(["color", "favourite color", "team color"],
                  expand("(Which|What) color does {p} (have|wear|want|choose)?", "(Which|What) color belongs to {p}?"),
                  ["which color {p} has", "which color {p} wants", "which color {p} wears"])),
    "age": Fact(lambda d: d.number(3, 99), "{p} is {v} years old.", expand(
        "{p} (is|is now|turned|has turned|just turned|became|is exactly) {v} years old.", "{p} (has an age of|has reached the age of|is at the age of) {v}.", "The age of {p} is {v}.",
        "(Today|Now|This year) {p} is {v} years old."),
        questions(["age"],
                  expand("How old is {p}?", "(Which|What) age (does {p} have|has {p} reached)?", "How many years (old is|has) {p}?"),
                  ["how old {p} is", "which age {p} has", "how many years old {p} is"])),
}
INTRODUCTION = expand("(Read|Use|Look at|Please read|Please use|Here is|Study) (this|the|my) (text|list|report)(:|.)( |\n)", "(Notes|Text|Facts|Context|Some facts|My notes|The list|A few notes):(\n| )",
                      "(Here are|These are|I have|Look at|I give you) (some|my|the|a few) (notes|facts)(:|.)( |\n)", "(Read|Study) and (answer|remember)(:|.)\n")
JOINT = expand("(\n|\n\n)", "(\n|\n\n| )(Question|Now tell me|My question|Answer this|I want to know|Now answer|Asking now|One question|Tell me this|The question)(: |:\n)",
               "(\n| )(Use the text|Read carefully|Look it up|Answer from the text|Be exact|Only one thing)(. |.\n)")
