#!/bin/sh
@MARK@
# `noroshi init --hooks` may overwrite this file: put your own commands into another file.
set -eu

# Use noroshi from the PATH, or else the program that wrote this file.
program=@PROGRAM@
if command -v noroshi >/dev/null 2>&1; then
    program=noroshi
elif [ ! -x "$program" ]; then
    echo 'noroshi was not found, so this hook checked nothing.' >&2
    echo 'Install it, or skip this hook with `git commit --no-verify`.' >&2
    exit 1
fi

check_staged() {
    # A folder that does not exist has no staged files to check.
    if [ -d "$1" ] && ! "$program" check --staged --root "$1"; then
        failed=1
    fi
}

failed=0
@CALLS@
if [ "$failed" = 1 ]; then
    echo 'git committed nothing. `git commit --no-verify` skips this hook, but CI will still report the errors.' >&2
fi
exit "$failed"
