"""`make reset`: forget everything the demo kept. Runs without the environment."""

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bpv.core import embedded  # noqa: E402  (the path comes first)


def main() -> int:
    """Refuse while somebody uses the data; otherwise remove the folder."""
    data = Path(os.environ.get("BPV_DATA", ROOT / "var")).resolve()
    if not data.exists():
        print(f"There is nothing in {data}.")
        return 0
    if embedded.in_use(data):
        print("The demo is running; stop it first (Ctrl-C).", file=sys.stderr)
        return 1
    embedded.release(data)  # waits for servers that are just stopping
    shutil.rmtree(data)
    print(f"Removed {data}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
