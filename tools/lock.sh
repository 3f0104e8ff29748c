#!/bin/sh
# Renew the lock files from pyproject.toml; `tools/lock.sh --upgrade` takes the newest versions that it allows.
#
# Hashes instead of addresses: an install takes the same files from whatever index it is set up to use.
# requirements.lock holds what a build of the site needs, the tools that install this project included;
# requirements-test.lock what tests and checks need beside it, at the same versions.
set -eu
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
        --no-emit-index-url --no-annotate --no-header "$@"
}

compile "$@" --group build --no-emit-package uv --output-file requirements.lock pyproject.toml
compile "$@" --group dev --constraint requirements.lock --output-file requirements-test.lock
echo "lock: requirements.lock and requirements-test.lock are up to date"
