"""Writes the goldens of the template engine: what Jinja2, set up as transformers sets it up, makes of small cases and of
our own chat templates.

  python make_goldens.py                      writes cases.jsonl, conversations.jsonl and rendered.jsonl next to this script
  python make_goldens.py --templates DIR OUT  renders every *.jinja of DIR with every conversation into OUT (JSON lines)

Needs transformers >= 5.23 and jinja2 >= 3.1.6. Deterministic.
"""

import datetime
import json
import pathlib
import sys

from transformers.utils import chat_template_utils

from conversations import CONVERSATIONS, EXTRA
from jinja_cases import cases

HERE = pathlib.Path(__file__).parent
NOW = datetime.datetime(2026, 3, 7, 9, 5, 3, 45600)


class FixedDatetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return NOW


# strftime_now looks the class up at the time of the call.
chat_template_utils.datetime = FixedDatetime


def render(template, variables):
    """The output, or the exception's type and message."""
    try:
        compiled = chat_template_utils._compile_jinja_template(template)
        return {"output": compiled.render(**variables)}
    except Exception as e:
        return {"error": f"{type(e).__name__}: {e}"}


def write(path, lines):
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    print(path.name, len(lines), "lines", path.stat().st_size, "bytes")


def conversation_lines(folder):
    for file in sorted(folder.glob("*.jinja")):
        template = file.read_text(encoding="utf-8")
        for name, variables in CONVERSATIONS.items():
            yield {"template": file.name, "conversation": name, **render(template, {**EXTRA, **variables})}


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "--templates":
        out = pathlib.Path(sys.argv[3])
        write(out, list(conversation_lines(pathlib.Path(sys.argv[2]))))
        return
    write(HERE / "cases.jsonl", [{"template": t, "variables": v, **render(t, v)} for t, v in cases()])
    write(HERE / "conversations.jsonl", [{**EXTRA, "name": n, **v} for n, v in CONVERSATIONS.items()])
    write(HERE / "rendered.jsonl", list(conversation_lines(HERE)))


if __name__ == "__main__":
    main()
