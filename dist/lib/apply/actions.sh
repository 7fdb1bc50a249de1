# shellcheck shell=bash
# The actions of plan.tsv. Each of them is idempotent.
# shellcheck disable=SC2034 # other parts read what is set here
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# A plan of a newer version may have actions that this script does not know.
check_actions() {
  local action
  for action in "${step_action[@]}"; do
    declare -F "action_${action//-/_}" >/dev/null || fail "this script does not know the action $(printf '%q' "$action")"
  done
}

action_none() { :; }

action_apply() {
  local cluster=${step_cluster[$1]} path=$here/${step_path[$1]}
  case $mode in
    diff) show_differences "$cluster" --kustomize="$path" ;;
    dry-run) server_side_apply "$cluster" --dry-run=server --kustomize="$path" || leave_untried ;;
    *) server_side_apply "$cluster" --kustomize="$path" ;;
  esac
  if [[ ${step_wait[$1]} == cacerts-present && $mode == apply && -n $cacerts ]]; then apply_cacerts "$cluster"; fi
}

server_side_apply() {
  show kube "$1" apply --server-side --field-manager="$field_manager" "${force[@]}" "${@:2}"
}

# kubectl exits with 1 if something differs, and with a higher status if it could not tell.
show_differences() {
  local status=0
  kube "$1" diff --server-side --field-manager="$field_manager" "${force[@]}" "${@:2}" || status=$?
  case $status in
    0) ;;
    1) differences=1 ;;
    *) leave_untried ;;
  esac
}

# Something that an earlier step would have created does not exist yet: a namespace, a CRD.
leave_untried() {
  untried=$((untried + 1))
  say '  cannot be tried before earlier steps are taken'
}

apply_cacerts() {
  local directory=$cacerts/$1 files=() position
  # Files by number: kubectl would interpret commas and equals signs in a path.
  for position in "${!cacerts_files[@]}"; do
    files+=("--from-file=${cacerts_files[position]}=/dev/fd/$((position + 3))")
  done
  kube "$1" --namespace=istio-system create secret generic cacerts "${files[@]}" --dry-run=client --output=yaml \
    3<"$directory/${cacerts_files[0]}" 4<"$directory/${cacerts_files[1]}" \
    5<"$directory/${cacerts_files[2]}" 6<"$directory/${cacerts_files[3]}" |
    server_side_apply "$1" --filename=-
}

action_istioctl_install() {
  local args late
  read_args "$1"
  read_late_values "${args[@]:1}"
  if [[ $mode != apply ]]; then
    say "  istioctl would install ${step_path[$1]}"
    return 0
  fi
  # istioctl would read a path with a comma as two files.
  show istioctl install --context="${context_of[${step_cluster[$1]}]}" --filename=- \
    --skip-confirmation --readiness-timeout="${timeout}s" "${late[@]}" <"$here/${step_path[$1]}"
}

action_helm_upgrade() {
  local args chart late cluster=${step_cluster[$1]}
  read_args "$1"
  read_chart "${args[@]:2:3}"
  read_late_values "${args[@]:5}"
  if [[ $mode != apply ]]; then
    say "  helm would upgrade ${args[0]} with ${step_path[$1]}"
    return 0
  fi
  show helm upgrade --install "${args[0]}" "${chart[@]}" --namespace="${args[1]}" \
    --values=- --kube-context="${context_of[$cluster]}" --timeout="${timeout}s" "${late[@]}" <"$here/${step_path[$1]}"
}

# Lets the istiod of the step's cluster read another cluster.
action_remote_secret() {
  local args cluster=${step_cluster[$1]} read server flags=() experimental=()
  read_args "$1"
  read=${args[0]} server=${args[2]:-}
  if [[ -n $server ]]; then flags=(--server="$server"); else refuse_loopback "$read"; fi
  if [[ $mode != apply ]]; then
    say "  istiod of $cluster would read $read"
    return 0
  fi
  # In some versions, such as 1.7, the command was still experimental.
  if ! istioctl create-remote-secret --help >/dev/null 2>&1; then experimental=(x); fi
  istioctl "${experimental[@]}" create-remote-secret --context="${context_of[$read]}" --name="${args[1]}" "${flags[@]}" |
    server_side_apply "$cluster" --filename=-
}

# Stops the istiod of the step's cluster from reading a leaving cluster: calls move before the workloads are deleted.
action_remote_secret_gone() {
  local args cluster=${step_cluster[$1]}
  read_args "$1"
  if [[ $mode == apply ]]; then
    show delete_remote_secret "$cluster" "${args[1]}"
  elif [[ -n $(ask "$cluster" --namespace=istio-system get "secret/istio-remote-secret-${args[1]}" --ignore-not-found --output=name) ]]; then
    say "  istiod of $cluster would no longer read ${args[0]}"
    if [[ $mode == diff ]]; then differences=1; fi
  fi
}

# The istiod of another cluster would look for the API server on its own machine.
refuse_loopback() {
  local server
  server=$(server_of "$1")
  if is_loopback "$server"; then
    fail "$1: its API server in the kubeconfig is $server, which no other cluster can reach" \
      "declare clusters[].apiServer of $1"
  fi
}

# Federates the CA of the host to every cluster through the engine; no file contains the key.
action_federated_cacerts() {
  local args cluster=${step_cluster[$1]}
  read_args "$1"
  if [[ $mode != apply ]]; then
    say "  the Secret cacerts of $cluster would be federated to ${args[*]}"
    return 0
  fi
  if [[ -n $cacerts ]]; then apply_cacerts "$cluster"; fi
  of_engine "${step_engine[$1]}" carry_cacerts "$cluster" "${args[@]}"
}

action_install_engine() { of_engine "${step_engine[$1]}" install "$1"; }

action_join() { of_engine "${step_engine[$1]}" join "$1"; }
