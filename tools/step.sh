#!/bin/sh
# Run one step of `make lint`: one line when it passes, all that it said when it fails.
# Usage: tools/step.sh NAME COMMAND [ARGUMENT…]
set -u
name=$1
shift
if said=$("$@" 2>&1); then
    echo "$name: ok"
else
    status=$?
    printf '%s\n' "$said"
    echo "$name: failed"
    exit "$status"
fi
