"""docs/dependencies.md, which stands where pip-audit cannot run, names all that the program is installed with."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_package_has_its_line_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = sorted(re.split(r"[<>=~!]", name)[0] for name in project["dependencies"])
    told = re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs/dependencies.md").read_text(encoding="utf-8"), re.M)
    assert sorted(name for name in told if name != "package") == wanted
