# shellcheck shell=bash
# What every suite of a script needs: an output of its own, and recorders in the place of kubectl, istioctl and helm.

# $1: the output's directory, `out put` by default: blanks are the least that it has to bear.
set_up_recorders() {
  directory="$BATS_TEST_TMPDIR/${1:-out put}"
  cd "$BATS_TEST_TMPDIR" || return 1
  cp -R "$BATS_TEST_DIRNAME/../../dist" "$directory"
  export RECORD="$BATS_TEST_TMPDIR/record" WORLD="$BATS_TEST_TMPDIR/world" PIPED="$BATS_TEST_TMPDIR/piped"
  mkdir "$WORLD"
  : >"$RECORD"
  PATH="$BATS_TEST_DIRNAME/support/bin:$PATH"
}

# Unlike `!`, of which bats takes no notice.
refute() { if "$@"; then return 1; fi; }

# $1: part of a call; $2: the answer's exit status; the answer itself on stdin.
answer() { { printf '%s\n' "$1"; cat; } >"$WORLD/$RANDOM.$2"; }

# The same, for one call only; the answers of several are in the order of $3.
answer_once() { { printf '%s\n' "$1"; cat; } >"$WORLD/0-$3.$2"; }

# A line of a table.
row() { (IFS=$'\t'; printf '%s\n' "$*"); }
