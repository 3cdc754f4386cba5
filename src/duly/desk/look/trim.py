"""Keep of a compiled stylesheet only the typefaces that the desk uses, and copy the files that it still names."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

FACES = {
    "fonts/public-sans/PublicSans-Regular.woff2",
    "fonts/public-sans/PublicSans-SemiBold.woff2",
    "fonts/public-sans/PublicSans-Bold.woff2",
    "fonts/public-sans/PublicSans-Italic.woff2",
    "fonts/merriweather/Latin-Merriweather-Regular.woff2",
    "fonts/merriweather/Latin-Merriweather-Bold.woff2",
    "fonts/merriweather/Latin-Merriweather-Italic.woff2",
}


def trimmed(css: str) -> str:
    """The stylesheet with each wanted typeface declared once and every other one left out."""
    seen: set[str] = set()

    def face(match: re.Match[str]) -> str:
        file = re.search(r"url\(([^)]+)\)", match[0])
        if file is None or file[1] not in FACES or file[1] in seen:
            return ""
        seen.add(file[1])
        flat = match[0].replace(file[1], "fonts/" + Path(file[1]).name)
        return flat.replace("font-display:fallback", "font-display:swap")

    return re.sub(r"@font-face\{[^}]*\}", face, css)


def main(source: str, target: str, dist: str, static: str) -> None:
    css = trimmed(Path(source).read_text(encoding="utf-8-sig"))
    Path(target).write_text(css, encoding="utf-8")
    for name in sorted(FACES):
        shutil.copyfile(Path(dist) / name, Path(static) / "fonts" / Path(name).name)
    for name in sorted(set(re.findall(r"url\(\"?(img/[^)\"]+)", css))):
        copy = Path(static) / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(dist) / name, copy)


if __name__ == "__main__":
    main(*sys.argv[1:])
