# shellcheck shell=bash
# What a reader is told: everything on stderr, so that stdout holds nothing but differences.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

say() { printf '%s\n' "$*" >&2; }

# Ends the script. $1: what is wrong; $2: what to do about it; $3: exit status, 1 by default.
fail() {
  say "error: $1"
  if [[ -n ${2:-} ]]; then say "  fix: $2"; fi
  exit "${3:-1}"
}

# Remembers a problem, so that all of them are told at once. $1: what is wrong; $2: what to do about it.
note_problem() { problems+=("$1"$'\n'"    fix: $2"); }

fail_on_problems() {
  ((${#problems[@]} > 0)) || return 0
  say "error: ${#problems[@]} problems, nothing was changed"
  local problem
  for problem in "${problems[@]}"; do say "  $problem"; done
  exit 1
}

# On every way out: which step was not finished, and how to go on with it.
say_where_it_stopped() {
  local status=$?
  [[ $status -ne 0 && -n $current_step && $mode == apply ]] || return 0
  local wave=${step_wave[$current_step]}
  say "stopped in wave $wave on cluster ${step_cluster[$current_step]}"
  local again=("$script" "${repeated_options[@]}" --from "$wave")
  printf '  go on with:' >&2
  printf ' %q' "${again[@]}" >&2
  printf '\n' >&2
}
