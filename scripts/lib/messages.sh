# shellcheck shell=bash
# Messages to the user. All of them go to stderr, so that stdout holds nothing but differences.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

# Answers of servers are text from other machines: a terminal must show control characters, not obey them.
say() {
  local line
  while IFS= read -r line; do printf '%s\n' "${line//[[:cntrl:]]/?}"; done <<<"$*" >&2
}

warn() { say "warning: $1"; }

# Runs a command and shows all of its output, line by line.
show() { "$@" 2>&1 | while IFS= read -r line; do say "  $line"; done; }

# Ends the script. $1: what is wrong; $2: what to do about it; $3: exit status, 1 by default.
fail() {
  say "error: $1"
  if [[ -n ${2:-} ]]; then say "  fix: $2"; fi
  exit "${3:-1}"
}

# Remembers a problem, so that all of them are reported at once. $1: what is wrong; $2: what to do about it.
note_problem() { problems+=("$1"$'\n'"    fix: $2"); }

fail_on_problems() {
  ((${#problems[@]} > 0)) || return 0
  local count="${#problems[@]} problems"
  say "error: ${count/#1 problems/1 problem}, nothing was changed"
  local problem
  for problem in "${problems[@]}"; do say "  $problem"; done
  exit 1
}

# Runs on every exit: names the unfinished step, and how to continue.
say_where_it_stopped() {
  local status=$? wave
  [[ $status -ne 0 && $mode == apply ]] || return 0
  if [[ -n $current_step ]]; then
    wave=${step_wave[$current_step]}
    say "stopped in wave $wave on cluster ${step_cluster[$current_step]}"
  elif [[ -n $current_prune ]]; then
    # Only pruning comes after the last wave.
    wave=${step_wave[-1]}
    say "stopped in --prune on cluster $current_prune"
  else
    return 0
  fi
  local again=("$script" "${repeated_options[@]}" --from "$wave")
  printf '  go on with:' >&2
  printf ' %q' "${again[@]}" >&2
  printf '\n' >&2
}
