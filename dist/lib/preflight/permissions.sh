# shellcheck shell=bash
# The permissions of this run in a cluster, checked before it needs them.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# An administrator may do everything, which is one question. For anybody else, every right that this run needs is asked for.
check_permissions() {
  local rights right verb resource namespace flag missing=''
  mapfile -t rights < <(rights_needed "$1" | sort -u)
  ((${#rights[@]} > 0)) || return 0
  if may "$1" '*' '*' --all-namespaces; then return 0; fi
  for right in "${rights[@]}"; do
    IFS=$'\t' read -r resource namespace verb <<<"$right"
    flag=$(namespace_flag "$namespace")
    if ! may "$1" "$verb" "$resource" ${flag:+"$flag"}; then missing+=$'\n'"      $verb $resource${flag:+ in $namespace}"; fi
  done
  [[ -n $missing ]] || return 0
  note_problem "$1: context $(printf '%q' "${context_of[$1]}") has no permission to$missing" \
    'have these rights granted, or use a context with administrator rights'
}

may() { [[ $(ask "$1" auth can-i "${@:2}" 2>/dev/null) == yes ]]; }

# A line `resource namespace verb` for each right, with tabs. Rights for a kind that is not served yet cannot be asked for.
rights_needed() {
  local step args is_changed=false
  for step in "${steps[@]}"; do
    read_args "$step"
    if [[ ${step_action[step]} == remote-secret && ${args[0]} == "$1" ]]; then
      printf '%s\n' $'serviceaccounts\tistio-system\tget' $'secrets\tistio-system\tcreate'
    fi
    if [[ ${step_action[step]} == join && ${args[0]} == "$1" ]]; then all_rights; fi
    [[ ${step_cluster[step]} == "$1" && ${step_action[step]} != none ]] || continue
    rights_of_step "$step"
    is_changed=true
  done
  # The record of what was applied is in the cluster.
  if [[ $is_changed == true ]]; then
    printf '%s\n' $'configmaps\tkube-system\tget'
    rights_to_apply configmaps kube-system
  fi
}

rights_of_step() {
  local cluster=${step_cluster[$1]} group kind namespace resource
  if [[ -n $cacerts && ${step_wait[$1]} == cacerts-present ]]; then rights_to_apply secrets istio-system; fi
  case ${step_action[$1]} in
    apply)
      while IFS=$'\t' read -r group kind namespace _; do
        resource=${resource_of[$group $kind]:-}
        if [[ -n $resource ]]; then rights_to_apply "$resource" "$namespace"; fi
      done < <(objects_in "$cluster" "${step_wave[$1]}")
      ;;
    istioctl-install | helm-upgrade)
      for resource in customresourcedefinitions.apiextensions.k8s.io clusterroles.rbac.authorization.k8s.io \
        clusterrolebindings.rbac.authorization.k8s.io mutatingwebhookconfigurations.admissionregistration.k8s.io \
        validatingwebhookconfigurations.admissionregistration.k8s.io; do
        rights_to_apply "$resource" -
      done
      for resource in configmaps deployments.apps serviceaccounts services; do rights_to_apply "$resource" istio-system; done
      ;;
    install-engine | join) all_rights ;;
    remote-secret) rights_to_apply secrets istio-system ;;
    remote-secret-gone) printf '%s\n' $'secrets\tistio-system\tget' $'secrets\tistio-system\tdelete' ;;
    federated-cacerts)
      printf '%s\n' $'secrets\tistio-system\tget'
      of_engine "${step_engine[$1]}" rights_to_carry_cacerts
      ;;
  esac
}

# Kubernetes lets a user grant only rights that the user has, and an engine gets all rights.
all_rights() { printf '%s\n' $'*\t-\t*'; }

# Server-side apply is a patch, and a creation if the object does not exist yet.
rights_to_apply() { printf '%s\t%s\t%s\n' "$1" "$2" create "$1" "$2" patch; }
