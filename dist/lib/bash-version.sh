# shellcheck shell=bash
# Any bash can read this file, so that an old one can name the problem: nothing here is newer than bash 3.

if [ -z "${BASH_VERSINFO:-}" ] || [ "${BASH_VERSINFO[0]}" -lt 4 ] ||
  { [ "${BASH_VERSINFO[0]}" -eq 4 ] && [ "${BASH_VERSINFO[1]}" -lt 4 ]; }; then
  echo "error: bash 4.4 or newer is needed, this is ${BASH_VERSION:-another shell}" >&2
  echo "  fix: install a newer bash (macOS: brew install bash) and run this script with it" >&2
  exit 2
fi
