"""Phrasings written as small grammars: `expand("(Tell|Show) me the {n}.")` gives both sentences."""

import re

_CHOICE = re.compile(r"\(([^()]*)\)")


def expand(*patterns) -> list[str]:
    """All sentences of the patterns, in order and each once; `(a|b|)` stands for a, b or nothing."""
    done, open_ = [], list(patterns)[::-1]
    while open_:
        pattern = open_.pop()
        choice = _CHOICE.search(pattern)
        if choice is None:
            done.append(pattern)
            continue
        before, after = pattern[:choice.start()], pattern[choice.end():]
        open_ += [before + option + after for option in choice.group(1).split("|")][::-1]
    return list(dict.fromkeys(done))
