"""Downloads the jars of a lock into a folder, from the repositories that jgo uses, and checks the hash of each.

Of a plugin's zip the folder gets the jars that the lock has in no version, and what the plugin is configured with.

usage: python fetch_jars.py opensearch.txt FOLDER    (prints a line a jar: how many of how many are there)
"""

import hashlib
import re
import shutil
import sys
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from jgo.maven import MavenContext
from jgo.parse import Coordinate

ATTEMPTS = 3
TIMEOUT_SECONDS = 60


def fetch(line, folder):
    expected, coordinates = line.split()
    jar = download(coordinates, folder)
    if hashlib.sha256(jar.read_bytes()).hexdigest() != expected:
        raise RuntimeError(f"{coordinates} is not the jar that the lock names: its hash is another one.")


def download(coordinates, folder, attempt=1):
    # jgo takes a jar that was cut off for a whole one when it finds it in its cache, so each attempt has its own.
    with tempfile.TemporaryDirectory(dir=folder) as cache:
        context = MavenContext(repo_cache=Path(cache), timeout=TIMEOUT_SECONDS)
        artifact = context.create_dependency(Coordinate.parse(coordinates)).artifact
        try:
            return Path(shutil.move(artifact.resolve(), folder / artifact.filename))
        except Exception:
            if attempt == ATTEMPTS:
                raise
    return download(coordinates, folder, attempt + 1)


def unpack(plugin, folder, locked):
    with zipfile.ZipFile(plugin) as archive:
        for name in archive.namelist():
            jar = re.fullmatch(r"(.+?)-\d.*\.jar", name)
            if (jar and jar[1] not in locked) or re.fullmatch(r"config/.+\.yml", name):
                archive.extract(name, folder)
    plugin.unlink()


lock, folder = Path(sys.argv[1]), Path(sys.argv[2])
lines = lock.read_text().splitlines()
with ThreadPoolExecutor(8) as pool:
    try:
        for count, done in enumerate(as_completed([pool.submit(fetch, line, folder) for line in lines]), 1):
            done.result()
            print(f"{count} of {len(lines)}", flush=True)
    except Exception as error:
        pool.shutdown(cancel_futures=True)
        sys.exit(f"{type(error).__name__}: {error}")
locked = {line.split(":")[1] for line in lines if not line.endswith(":zip")}
for plugin in folder.glob("*.zip"):
    unpack(plugin, folder, locked)
