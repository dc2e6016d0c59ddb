"""Seeded choice with a built-in split: training never sees the words and phrasings of the other two splits.

A word or a phrasing belongs to a split by the hash of its text, so the split was fixed before the first step of training
and cannot follow the results. `DEVELOPMENT` may be looked at while the data and the model change; `TEST` is for the end.
"""

import random
import zlib
from dataclasses import dataclass

TEST, DEVELOPMENT, TRAINING = 0, 1, 2
ONSETS = "b d f g h j k l m n p r s t v w z br ch cl dr fl gl gr kr pr sh st th tr".split()
VOWELS = "a e i o u a e i o u ai au ea ee ia io oo ou y".split()
CODAS = ["", "", "", "", "n", "r", "l", "s", "m", "t", "k", "nd", "x"]
_splits = {}  # of the lists of words and phrasings, by identity


def split_of(text: str) -> int:
    return min(zlib.crc32(text.encode()) % 16, TRAINING)


@dataclass
class Example:
    """One conversation. The assistant turns in it are what the model learns to write."""

    task: str
    messages: list
    tools: list | None = None
    thinking: bool = True


@dataclass
class Draw:
    rng: random.Random
    split: int = TRAINING
    unseen_parts: int = 0
    unseen_words: int = 0

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def one(self, items):
        return self.rng.choice(items)

    def sample(self, items, count):
        return self.rng.sample(items, count)

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def part(self, items, **slots) -> str:
        """A phrasing; outside training every second one is unseen, where the list has any."""
        text, unseen = self._choose(items)
        self.unseen_parts += unseen
        return text.format(**slots) if slots else text

    def word(self, items) -> str:
        """A name or another content word of a list."""
        text, unseen = self._choose(items)
        self.unseen_words += unseen
        return text

    def common(self, items) -> str:
        """A word of a small class, such as a color: often made up, so that it must be copied."""
        return self.blended(items) if self.chance(0.35) else self.word(items)

    def invented(self, capital=True) -> str:
        """A made-up word of two or three syllables."""
        word = self._new(lambda: "".join(self.one(ONSETS) + self.one(VOWELS) + self.one(CODAS) for _ in range(self.number(1, 2)))
                         + self.one(ONSETS) + self.one(VOWELS) + self.one(CODAS))
        return word.capitalize() if capital else word

    def blended(self, items) -> str:
        """A made-up word: the beginning of one known word and the end of another."""
        def make():
            first, second = self.one(items).split(" ")[0], self.one(items).split(" ")[-1].lower()
            return first[:self.number(2, max(2, len(first) - 1))] + second[-self.number(2, max(2, len(second) - 1)):]
        return self._new(make)

    def _new(self, make) -> str:
        while split_of(word := make()) != self.split:
            pass
        self.unseen_words += self.split != TRAINING
        return word

    def _choose(self, items):
        if id(items) not in _splits:
            _splits[id(items)] = items, [[i for i in items if split_of(i) == s] for s in (TEST, DEVELOPMENT, TRAINING)]
        parts = _splits[id(items)][1]
        unseen = self.split != TRAINING and bool(parts[self.split]) and self.chance(0.5)
        return self.rng.choice(parts[self.split if unseen else TRAINING]), unseen
