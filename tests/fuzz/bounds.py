"""Imports files with a program as it is handed out, and says what the costliest take: processor time and memory.

bounds.py PROGRAM FILE-OR-FOLDER...
"""

import os
import pathlib
import subprocess
import sys

SECONDS = 2.0
MEGABYTES = 256


def cost(program, path):
    """Seconds, megabytes and how it ended."""
    with subprocess.Popen([program, "import", path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, child.returncode


def main(program, *places):
    files = []
    for place in map(pathlib.Path, places):
        files += sorted(it for it in place.rglob("*") if it.is_file()) if place.is_dir() else [place]
    costs = [(*cost(program, path), path) for path in files]
    over = [it for it in costs if it[0] > SECONDS or it[1] > MEGABYTES or it[2] not in (0, 1, 2)]
    for title, by in (("最费时", 0), ("最费内存", 1)):
        print(title)
        for seconds, megabytes, ended, path in sorted(costs, key=lambda it: -it[by])[:5]:
            print(f"  {seconds:5.2f} 秒 {megabytes:5.0f} MB  退出 {ended}  {path}")
    print(f"{len(costs)} 个文件，超过 {SECONDS:.0f} 秒、{MEGABYTES} MB 或异常停止的 {len(over)} 个")
    for seconds, megabytes, ended, path in over:
        print(f"  {seconds:5.2f} 秒 {megabytes:5.0f} MB  退出 {ended}  {path}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
