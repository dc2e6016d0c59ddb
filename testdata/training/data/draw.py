"""Seeded choice with a built-in hold-out: training never sees the held-out words and grammar parts."""

import random
import zlib
from dataclasses import dataclass


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
    held_out: bool = False
    unseen_parts: int = 0
    unseen_words: int = 0
    new_tools: bool = False  # held-out prompts about things that no training tool is about

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def one(self, items):
        return self.rng.choice(items)

    def sample(self, items, count):
        return self.rng.sample(items, count)

    def number(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def part(self, items, **slots) -> str:
        """A part of a phrasing. Each seventh alternative is held out."""
        text, unseen = self._split(items, 7)
        self.unseen_parts += unseen
        return text.format(**slots) if slots else text

    def word(self, items) -> str:
        """A name or another content word. Each eighth is held out."""
        text, unseen = self._split(items, 8)
        self.unseen_words += unseen
        return text

    def common(self, items) -> str:
        """A word of a small class, such as a color: never held out, and sometimes made up so that it must be copied."""
        return self.blended(items) if self.chance(0.25) else self.one(items)

    def invented(self, capital=True) -> str:
        """A made-up word of two or three syllables; one in eight belongs to the held-out set."""
        while True:
            word = "".join(self.rng.choice("bdfgklmnprstvz") + self.rng.choice(("a", "e", "i", "o", "u", "ai", "or", "an", "el", "in"))
                           for _ in range(self.rng.randint(2, 3)))
            unseen = zlib.crc32(word.encode()) % 8 == 0
            if unseen == self.held_out:
                self.unseen_words += unseen
                return word.capitalize() if capital else word

    def known(self, items) -> str:
        """A word that training has seen."""
        return items[self.rng.choice([i for i in range(len(items)) if i % 8 != 7])]

    def blended(self, items) -> str:
        """A made-up word: the beginning of one known word and the end of another; one in eight is held out."""
        while True:
            first, second = self.known(items).split(" ")[0], self.known(items).split(" ")[-1]
            word = first[:self.rng.randint(2, max(2, len(first) - 1))] + second[-self.rng.randint(2, max(2, len(second) - 1)):].lower()
            unseen = zlib.crc32(word.encode()) % 8 == 0
            if unseen == self.held_out:
                self.unseen_words += unseen
                return word

    def _split(self, items, period):
        last = period - 1
        if len(items) < period:
            return self.rng.choice(items), False
        if self.held_out and self.rng.random() < 0.5:
            return items[self.rng.randrange(len(items) // period) * period + last], True
        index = self.rng.randrange(len(items))
        while index % period == last:
            index = self.rng.randrange(len(items))
        return items[index], False
