#!/usr/bin/env bats
# apply.sh records objects and deletes those that the output no longer has. Recorders stand in for the clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
setup() { set_up_recorders; }

# Puts objects that an earlier run has applied into every record.
recorded() { { echo 'get configmap/mesh-federation-demo --ignore-not-found --output=jsonpath={.data.objects'; cat; } >"$WORLD/record.0"; }

@test 'records the earlier and the coming objects before its first change' {
  row 70-workloads apps Deployment sample former | recorded
  run "$directory/apply.sh" --yes
  [ "$status" -eq 0 ]
  [ "$(grep -n 'create configmap mesh-federation-demo' "$RECORD" | head -n 1 | cut -d : -f 1)" -lt \
    "$(grep -n 'apply --server-side' "$RECORD" | sed -n 2p | cut -d : -f 1)" ]
  grep -F $'70-workloads\tapps\tDeployment\tsample\tformer' "$PIPED"
  grep -F $'70-workloads\tapps\tDeployment\tsample\tsleep' "$PIPED"
}

@test 'deletes nothing without --prune' {
  row 70-workloads apps Deployment sample former | recorded
  run "$directory/apply.sh" --yes
  [ "$status" -eq 0 ]
  refute grep -F ' delete ' "$RECORD"
}

@test '--prune deletes only objects that the output no longer has, last wave first' {
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

@test '--prune keeps namespaces and CustomResourceDefinitions, which would take everything in them along' {
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

@test '--dry-run names the objects to delete, and keeps them' {
  row 70-workloads apps Deployment sample former | recorded
  run "$directory/apply.sh" --dry-run --prune
  [ "$status" -eq 0 ]
  [[ "${lines[*]}" == *'delete Deployment.apps/former'* ]]
  refute grep -F ' delete ' "$RECORD"
  refute grep -F 'create configmap' "$RECORD"
}
