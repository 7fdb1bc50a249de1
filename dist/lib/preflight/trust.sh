# shellcheck shell=bash
# The roots that the clusters trust. With two roots, calls between clusters fail, and nothing else reports it.
# shellcheck source=../state.sh
source "${BASH_SOURCE[0]%/*}/../state.sh"

# There must be one root in every existing Secret cacerts, in every one that this run creates, and in the lock.
check_roots() {
  local cluster args fingerprint line
  local -A places=() is_made=()
  check_cacerts_files
  for cluster in "${answering[@]}"; do
    read_preflight_args "$cluster"
    fingerprint=${args[4]:-}
    if [[ -n $fingerprint ]]; then note_root "$fingerprint" "the lock, $cluster"; fi
    fingerprint=$(root_fingerprint "$cluster")
    if [[ -n $fingerprint ]]; then note_root "$fingerprint" "$cluster, Secret istio-system/cacerts"; fi
  done
  check_cacerts_in_time
  ((${#places[@]} > 1)) || return 0
  line=''
  for fingerprint in "${!places[@]}"; do line+=$'\n'"      $fingerprint${places[$fingerprint]}"; done
  note_problem "there are ${#places[@]} root certificates, and calls between their clusters would fail:$line" \
    'issue the intermediate CA of every cluster from one root; if that root is a new one, record it with mesh-federation discover'
}

note_root() { places[$1]+=$'\n'"        $2"; }

# Checks the files that this run creates Secrets from, and notes in `is_made` which Secrets it waits for.
check_cacerts_files() {
  local step cluster file fingerprint
  for step in "${steps[@]}"; do
    [[ ${step_wait[step]} == cacerts-present ]] || continue
    cluster=${step_cluster[step]}
    is_made[$cluster]=true
    if brings "$step" "$cacerts_everywhere"; then is_made[federated]=true; fi
    [[ -n $cacerts ]] || continue
    for file in "${cacerts_files[@]}"; do
      [[ -f $cacerts/$cluster/$file && -r $cacerts/$cluster/$file ]] || note_problem \
        "$cluster: there is no $(printf '%q' "$cacerts/$cluster/$file"), or it cannot be read" \
        'issue an intermediate CA for each cluster from one root'
    done
    fingerprint=$(certificate_fingerprint 2>/dev/null <"$cacerts/$cluster/root-cert.pem") || true
    if [[ -n $fingerprint ]]; then note_root "$fingerprint" "$(printf '%q' "$cacerts/$cluster/root-cert.pem")"; fi
  done
}

# If no step of this run waits for the Secret, it must exist before Istio is installed: istiod would create its own root.
check_cacerts_in_time() {
  local step cluster
  for step in "${steps[@]}"; do
    cluster=${step_cluster[step]}
    # Only steps that install Istio by a command are checked. The step of the Sail operator applies an object instead.
    if [[ ${step_undo[step]} == - ]] || ! brings "$step" '*.istio.io'; then continue; fi
    [[ -z ${is_made[$cluster]:-}${is_made[federated]:-} ]] || continue
    is_made[$cluster]=true
    is_among "$cluster" "${answering[@]}" || continue
    if ask "$cluster" --namespace=istio-system get secret cacerts --output=name >/dev/null 2>&1; then continue; fi
    note_problem "$cluster: there is no Secret istio-system/cacerts, and no step of this run creates it" \
      'start with an earlier wave, and name the directory of the intermediate CAs: --cacerts DIRECTORY'
  done
}
