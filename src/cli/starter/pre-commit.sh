#!/bin/sh
@MARK@
# `noroshi init --hooks` may write it again: put what is your own into another file.
set -eu

# On the PATH, else where it was when this was written.
program=@PROGRAM@
if command -v noroshi >/dev/null 2>&1; then
    program=noroshi
elif [ ! -x "$program" ]; then
    echo 'noroshi was not found, so what is staged was not checked.' >&2
    echo 'Install it, or go past this hook with `git commit --no-verify`.' >&2
    exit 1
fi

check_staged() {
    # A folder that is not there (any more) has nothing staged in it that could be read.
    if [ -d "$1" ] && ! "$program" check --staged --root "$1"; then
        failed=1
    fi
}

failed=0
@CALLS@
if [ "$failed" = 1 ]; then
    echo 'Nothing was committed. `git commit --no-verify` goes past this hook; CI will still say so.' >&2
fi
exit "$failed"
