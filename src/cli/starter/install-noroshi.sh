#!/bin/sh
# Installs noroshi from NOROSHI_SOURCE to the folder in the first argument, as bin/noroshi in it; does nothing if
# that is there. `noroshi init --ci` wrote this file for the workflow beside it.
#
# There is no release yet, so your team names a source that it trusts:
#   https://git.example.com/TEAM/noroshi#COMMIT             a repository and a commit id of 40 digits
#   https://files.example.com/noroshi.tar.gz#sha256=DIGEST  a file and its SHA-256
#   tools/noroshi#sha256=DIGEST                             a file in this repository and its SHA-256
set -eu

fail() {
  # An annotation on GitHub, Forgejo and Gitea.
  if [ "${GITHUB_ACTIONS:-}" = true ]; then printf '::error::'; fi
  printf 'NOROSHI_SOURCE %s\n' "$1"
  printf '%s\n' \
    'It names the source of the program. Set this variable of the repository to one of' \
    '  https://git.example.com/TEAM/noroshi#COMMIT             a repository and a commit id of 40 digits' \
    '  https://files.example.com/noroshi.tar.gz#sha256=DIGEST  a file and its SHA-256, 64 digits' \
    '  tools/noroshi#sha256=DIGEST                             a file in this repository and its SHA-256'
  exit 1
}
is_hex() {
  case $1 in *[!0-9a-f]*) return 1 ;; esac
  [ "${#1}" -eq "$2" ]
}

root=${1:?name the folder to install to}
source=${NOROSHI_SOURCE:-}
place=${source%#*}
proof=${source##*#}
case $source in
  '') fail 'is not set' ;;
  *[![:graph:]]*) fail 'contains a blank' ;;
  *'#sha256='*)
    proof=${source##*#sha256=}
    place=${source%#sha256=*}
    is_hex "$proof" 64 || fail 'needs a SHA-256 of 64 digits (0-9, a-f) after #sha256='
    case $place in
      https://?*) ;;
      '' | *:* | /* | -* | *..*) fail 'names neither an https address nor a file in this repository' ;;
    esac
    ;;
  https://?*#*)
    is_hex "$proof" 40 \
      || fail 'needs a commit id of 40 digits (0-9, a-f) after #; a branch, a tag or a short id can change'
    ;;
  *) fail 'names neither a commit nor a SHA-256' ;;
esac

# What is installed from another source is not this program.
if [ -x "$root/bin/noroshi" ] && [ "$(cat "$root/source" 2>/dev/null)" = "$source" ]; then exit 0; fi
rm -rf "$root"
mkdir -p "$root/bin"
if [ "${#proof}" -eq 40 ]; then
  cargo install --git "$place" --rev "$proof" --locked --root "$root" noroshi
else
  temp=$(mktemp -d)
  trap 'rm -rf "$temp"' EXIT
  case $place in
    https://*)
      curl --fail --silent --show-error --location --proto '=https' --max-time 300 --output "$temp/file" "$place"
      ;;
    *) cp "./$place" "$temp/file" ;;
  esac
  # Never unpack or run a file with another checksum.
  if ! echo "$proof  $temp/file" | sha256sum -c - > /dev/null; then
    fail 'names a file that has another SHA-256: the file has changed, or the digest has a typo'
  fi
  program=$temp/file
  case $place in
    *.tar.gz | *.tgz)
      mkdir "$temp/unpacked"
      tar -xzf "$temp/file" -C "$temp/unpacked"
      program=$(find "$temp/unpacked" -type f -name noroshi | head -n 1)
      ;;
  esac
  cp "$program" "$root/bin/noroshi"
  chmod 755 "$root/bin/noroshi"
fi
printf '%s\n' "$source" > "$root/source"
