# shellcheck shell=bash
# Every suite of a script needs these: an output of its own, and recorders instead of kubectl, istioctl and helm.

# $1: the directory of the output. The default is `out put`, since every script must accept blanks.
set_up_recorders() {
  directory="$BATS_TEST_TMPDIR/${1:-out put}"
  cd "$BATS_TEST_TMPDIR" || return 1
  cp -R "$BATS_TEST_DIRNAME/../../dist" "$directory"
  export RECORD="$BATS_TEST_TMPDIR/record" WORLD="$BATS_TEST_TMPDIR/world" PIPED="$BATS_TEST_TMPDIR/piped"
  mkdir "$WORLD"
  : >"$RECORD"
  PATH="$BATS_TEST_DIRNAME/support/bin:$PATH"
}

# Fails if the command succeeds. bats ignores a failure behind `!`.
refute() { if "$@"; then return 1; fi; }

# Answers every call that contains $1. $2: the exit status; the answer itself is on stdin.
answer() { { printf '%s\n' "$1"; cat; } >"$WORLD/$RANDOM.$2"; }

# Answers one call only. $3: several answers of this kind come in its order.
answer_once() { { printf '%s\n' "$1"; cat; } >"$WORLD/0-$3.$2"; }

# A line of a table.
row() { (IFS=$'\t'; printf '%s\n' "$*"); }
