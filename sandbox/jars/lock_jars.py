"""Resolves the coordinates of a list to every jar that they need, and prints a lock: a hash and coordinates a line.

A plugin's zip (`group:artifact:version::zip`) holds all that it needs, so it is locked as it is.

usage: python lock_jars.py opensearch.in > opensearch.txt    (with jgo of requirements.txt installed)
"""

import hashlib
import sys
import tempfile
from pathlib import Path

from jgo.maven import MavenContext
from jgo.parse import Coordinate

SCOPES = (None, "compile", "runtime")

with tempfile.TemporaryDirectory() as cache:
    context = MavenContext(repo_cache=Path(cache))
    wanted = [context.create_dependency(Coordinate.parse(line)) for line in Path(sys.argv[1]).read_text().split()]
    zips = [dependency.artifact for dependency in wanted if dependency.artifact.packaging == "zip"]
    roots, others = context.resolver.resolve([dependency for dependency in wanted if dependency.artifact not in zips])
    artifacts = [dependency.artifact for dependency in roots + others if dependency.scope in SCOPES]
    for artifact in sorted(artifacts, key=lambda artifact: artifact.filename) + zips:
        parts = [artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier]
        digest = hashlib.sha256(artifact.resolve().read_bytes()).hexdigest()
        suffix = "::zip" if artifact in zips else ""
        print(digest, ":".join(part for part in parts if part) + suffix)
