"""Trains the tokenizer on generated conversations and writes it to the given file."""

import random
import sys
from itertools import islice

import tokenizer as tok
from data import mixture
from data.draw import Draw


def main(path):
    draw = Draw(random.Random(1))
    source = (mixture.example(draw) for _ in range(6000))
    blank = type("Blank", (), {"token_to_id": staticmethod(lambda token: 0)})()
    chat = tok.Chat(blank)
    texts = [chat.render(e.messages, e.tools, e.thinking) for e in source]
    tok.train(texts).save(path)


if __name__ == "__main__":
    main(sys.argv[1])
