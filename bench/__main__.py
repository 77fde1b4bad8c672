"""`python -m bench [--size N]`: own throw-away services, own database, every goal as a ratio. Nothing is asserted."""

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from bpv.core import embedded


def main() -> None:
    """2,000 and 20,000 placements, or 20,000 and the size asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--size", type=int, help="placements; without it 2,000 and 20,000")
    size = parser.parse_args().size
    sizes = [min(20_000, size), size] if size else [2_000, 20_000]
    folder = Path(tempfile.mkdtemp(prefix="bpv-bench-"))
    folder.chmod(0o755)  # PostgreSQL runs as nobody when this runs as root
    os.environ |= {"BPV_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bpv.settings", "LOG_LEVEL": "CRITICAL"}
    os.environ |= embedded.provide(folder)  # durable: a commit costs what it costs in production
    try:
        measure(sorted(set(sizes)))
    finally:
        embedded.release(folder)
        shutil.rmtree(folder, ignore_errors=True)


def measure(sizes: list[int]) -> None:
    """Grow the school from size to size and print the goals at each."""
    import django  # the services are in the environment now

    django.setup()
    from bench import files, judged, pages, school, timing

    school.prepare()
    there, opened = 0, {}
    for size in sizes:
        school.grow(there, size)
        school.settle()
        there = size
        print(f"\n{size:,} placements\n{timing.HEAD}", flush=True)
        for group in (judged.lines(size), pages.lines()):
            for line in group:
                print(line, flush=True)
        opened[size] = pages.opened()
        print(f"\n{size:,} placements, pages\n{timing.HEAD_OF_PAGES}", *opened[size], sep="\n", flush=True)
    print(timing.side_by_side(opened), flush=True)
    print(f"\nfiles\n{timing.HEAD}", flush=True)
    for line in files.lines():
        print(line, flush=True)


if __name__ == "__main__":
    main()
