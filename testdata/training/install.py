"""Puts an exported model into nemotron-tiny, with the manifest that TinyModel reads.

    python install.py FOLDER
"""

import argparse
import hashlib
from pathlib import Path

FILES = ["chat_template.jinja", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]
TARGET = Path(__file__).parents[2] / "nemotron-tiny/src/main/resources/dev/nemotron/tiny/model"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    source = parser.parse_args().folder
    TARGET.mkdir(parents=True, exist_ok=True)
    lines = []
    for name in FILES:
        content = (source / name).read_bytes()
        (TARGET / name).write_bytes(content)
        lines.append(f"{hashlib.sha256(content).hexdigest()} {len(content)} {name}\n")
    (TARGET / "manifest").write_text("".join(lines))


if __name__ == "__main__":
    main()
