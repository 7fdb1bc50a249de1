#!/usr/bin/env bats
# What apply.sh remembers of a cluster and deletes again, with recorders in the place of clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
setup() { set_up_recorders; }

# What the clusters say an earlier run has applied.
recorded() { { echo 'get configmap/mesh-federation-demo --ignore-not-found --output=jsonpath={.data.objects'; cat; } >"$WORLD/record.0"; }

@test 'before its first change it writes down what was there and what is coming' {
  row 70-workloads apps Deployment sample former | recorded
  run "$directory/apply.sh" --yes
  [ "$status" -eq 0 ]
  [ "$(grep -n 'create configmap mesh-federation-demo' "$RECORD" | head -n 1 | cut -d : -f 1)" -lt \
    "$(grep -n 'apply --server-side' "$RECORD" | sed -n 2p | cut -d : -f 1)" ]
  grep -F $'70-workloads\tapps\tDeployment\tsample\tformer' "$PIPED"
  grep -F $'70-workloads\tapps\tDeployment\tsample\tsleep' "$PIPED"
}

@test 'without --prune nothing is deleted' {
  row 70-workloads apps Deployment sample former | recorded
  run "$directory/apply.sh" --yes
  [ "$status" -eq 0 ]
  refute grep -F ' delete ' "$RECORD"
}

@test '--prune deletes what is no longer there, last wave first, and nothing else' {
  {
    row 10-foundation - ServiceAccount sample older
    row 70-workloads apps Deployment sample former
    row 60-federation apps Deployment sample sleep
    row 80-traffic networking.istio.io DestinationRule sample gone
  } | recorded
  run "$directory/apply.sh" --yes --prune --only member
  [ "$status" -eq 0 ]
  [ "$(grep -oE 'delete [^ ]+' "$RECORD")" = 'delete DestinationRule.networking.istio.io/gone
delete Deployment.apps/former
delete ServiceAccount/older' ]
  refute grep -E 'context=host .* delete ' "$RECORD"
}

@test 'nothing goes with which everything in it would go' {
  {
    row 10-foundation - Namespace - old
    row 60-federation types.kubefed.io FederatedNamespace old old
    row 05-federation-control-plane apiextensions.k8s.io CustomResourceDefinition - old.example
  } | recorded
  run "$directory/apply.sh" --yes --prune
  [ "$status" -eq 0 ]
  refute grep -F ' delete ' "$RECORD"
  [ "$(printf '%s\n' "${lines[@]}" | grep -c 'delete it yourself')" -eq 6 ]
}

@test '--dry-run says what would go, and lets it stay' {
  row 70-workloads apps Deployment sample former | recorded
  run "$directory/apply.sh" --dry-run --prune
  [ "$status" -eq 0 ]
  [[ "${lines[*]}" == *'Deployment.apps/former goes'* ]]
  refute grep -F ' delete ' "$RECORD"
  refute grep -F 'create configmap' "$RECORD"
}
