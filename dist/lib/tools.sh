# shellcheck shell=bash
# The programs that the steps of this run need.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

check_tools() {
  local step tool needed
  mapfile -t needed < <(for step in "${steps[@]}"; do words_of "${step_needs[step]}"; done | sort -u)
  check_tool kubectl
  # Without kubectl nothing else can be checked.
  fail_on_problems
  for tool in "${needed[@]}"; do
    if check_tool "$tool" && [[ $tool == istioctl ]]; then check_istioctl; fi
  done
}

check_tool() {
  if command -v "$1" >/dev/null; then return 0; fi
  note_problem "$1 is not on the PATH" 'install it and put it on the PATH'
  return 1
}

# An istioctl of another version installs another Istio.
check_istioctl() {
  local step wanted actual
  for step in "${steps[@]}"; do
    [[ ${step_action[step]} == istioctl-install ]] || continue
    wanted=${step_args[step]%%$'\t'*}
    actual=$(istioctl version --remote=false --short 2>/dev/null | tail -n 1) || actual=unknown
    if [[ $actual != *"$wanted"* ]]; then
      note_problem "istioctl is ${actual:-unknown}, the plan is for $wanted" "install istioctl $wanted"
    fi
    return 0
  done
}
