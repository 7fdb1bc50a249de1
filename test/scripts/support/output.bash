# shellcheck shell=bash
# An output, and healthy clusters that answer the questions of gates.tsv.
# shellcheck disable=SC2154 # set_up_recorders sets the output's `directory`

set_up_output() {
  set_up_recorders "$@"
}

# Makes `checksums` of an output that a test has changed, as a synth would.
sum_up() {
  local path
  (
    cd "$directory" || exit
    { cut -c 67- checksums; echo apply.sh; echo verify.sh; } | sort -u | while IFS= read -r path; do
      if [[ -e $path ]]; then sha256sum "$path"; fi
    done >sums
    mv sums checksums
  )
}

# The UID that the recorder gives a cluster.
uid_of() { printf '%08x-0000-4000-8000-000000000000' "$(printf '%s' "$1" | cksum | cut -d ' ' -f 1)"; }

# Answers a question of gates.tsv. $1: a part of the call; the answer is on stdin.
says() { answer "$1" 0; }
