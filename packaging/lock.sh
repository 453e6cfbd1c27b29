#!/bin/sh
# Resolves what pyproject.toml asks for into four locks: the desk, its makers, the pure rings without Qt, the builder.
# Upgrades nothing by itself: `make lock UPGRADE=--upgrade` does.
set -eu
cd "$(dirname "$0")/.."

compile() {
    out=$1
    shift
    # Universal: one lock for every platform and every Python we support. No index, no links: a lock names no download host.
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-emit-find-links ${UPGRADE:-} "$@" --output-file "$out.new"
    {
        echo "# Made by \`make lock\` from pyproject.toml; edit that file instead."
        cat "$out.new"
    } >"$out"
    rm "$out.new"
}

# The makers' lock is resolved first and binds the others, so that one checkout has one version of everything.
for name in -dev "" -pure -bundle; do
    lock=packaging/requirements$name.lock
    if [ -f "$lock" ]; then cp "$lock" "$lock.new"; fi
done
dev=packaging/requirements-dev.lock
compile $dev pyproject.toml --group pyproject.toml:dev
compile packaging/requirements.lock pyproject.toml --constraint $dev
compile packaging/requirements-pure.lock pyproject.toml --constraint $dev --group pyproject.toml:pure \
    --no-emit-package pyside6-essentials --no-emit-package shiboken6
# The builder alone, without the desk: it is installed into the makers' environment.
compile packaging/requirements-bundle.lock --constraint $dev --group pyproject.toml:bundle

if grep -nE '://|index-url|find-links|file:' packaging/requirements*.lock; then
    echo "A lock names a place to download from; see above." >&2
    exit 1
fi
