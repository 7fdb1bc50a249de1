#!/usr/bin/env bats
# The scripts drain a cluster that leaves. Recorders stand in for the clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

setup() {
  set_up_recorders
  rm -rf "$directory"
  mkdir project
  root="$BATS_TEST_DIRNAME/../.."
  cp -R "$root/cdk8s.yaml" "$root/workloads" project
  # The default declaration, in which the member leaves and no workload names it any more.
  sed -e 's/^    role: member$/&\n    state: leaving/' -e '/^    overrides:$/,/^$/d' "$root/federation.yaml" >project/federation.yaml
  (cd "$root" && FEDERATION="$BATS_TEST_TMPDIR/project/federation.yaml" CDK8S_OUTDIR="$directory" npm run --silent synth)
  has_a_record
  last_apply_was_for host member
  answer 'istioctl remote-clusters --context=host' 0 <<<$'NAME SECRET STATUS ISTIOD\nhost - synced istiod'
}

# Every cluster holds something of the federation.
has_a_record() { printf '%s\n' 'get configmap/mesh-federation-demo --ignore-not-found --output=name' configmap/mesh-federation-demo >"$WORLD/zz-known.0"; }

# Puts the clusters of the last apply into every record. $@: their names; their UIDs belong to no cluster here.
last_apply_was_for() {
  {
    printf '%s\n' '{.metadata.name}{"\n"}{.data.clusters\.tsv}'
    echo mesh-federation-demo
    for name in "$@"; do row "$name" "uid-of-$name"; done
  } >"$WORLD/last-apply.0"
}

apply() { run "$directory/apply.sh" "$@"; }

# Puts objects that an earlier run has applied into every record.
recorded() { { echo 'get configmap/mesh-federation-demo --ignore-not-found --output=jsonpath={.data.objects'; cat; } >"$WORLD/record.0"; }

# The number of the first call that contains $1.
line_of() { grep -nF -- "$1" "$RECORD" | head -n 1 | cut -d : -f 1; }

@test 'apply.sh stops istiod from reading the member before it deletes the workloads there' {
  apply --yes
  [ "$status" -eq 0 ]
  gone="$(line_of '--context=host --namespace=istio-system delete secret/istio-remote-secret-member --ignore-not-found')"
  [ "$gone" -lt "$(line_of 60-federation)" ]
  refute grep -F 'create-remote-secret' "$RECORD"
}

@test 'apply.sh does not record the removal of a remote secret, since destroy.sh need not undo it' {
  apply --yes
  [ "$status" -eq 0 ]
  grep -F -- '--from-literal=commands.tsv=' "$RECORD"
  refute grep -F -- 'commands.tsv=' <(grep -F 'remote-secret-gone' "$RECORD")
}

@test 'apply.sh keeps Istio and the gateway of the member' {
  apply --yes
  [ "$status" -eq 0 ]
  grep -F 'istioctl install --context=member' "$RECORD"
  grep -E 'context=member apply .*50-remote-gateways' "$RECORD"
}

@test 'apply.sh stops while istiod still reads the member' {
  rm "$(grep -lF remote-clusters "$WORLD"/*)"
  answer 'istioctl remote-clusters --context=host' 0 <<<$'NAME SECRET STATUS ISTIOD\nhost - synced istiod\nmember istio-system/x synced istiod'
  apply --yes --timeout 1
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'istiod of host still reads member'*'--from 45-discovery'* ]]
  refute grep -F 60-federation "$RECORD"
}

@test 'apply.sh stops if istiod does not answer' {
  for silence in 0 1; do
    rm "$WORLD"/*.[01]
    has_a_record
    last_apply_was_for host member
    answer 'istioctl remote-clusters --context=host' "$silence" <<<''
    apply --yes --timeout 1
    [ "$status" -eq 1 ]
  done
}

@test 'apply.sh prunes only the member without --prune, after the last step' {
  row 70-workloads apps Deployment sample former | recorded
  apply --yes
  [ "$status" -eq 0 ]
  [ "$(grep -E ' delete (Deploy|Service)' "$RECORD" | grep -c -- --context=member)" -eq 1 ]
  refute grep -E 'context=host .* delete Deploy' "$RECORD"
  [ "$(line_of 'delete Deployment.apps/former')" -gt "$(line_of 60-federation)" ]
}

@test '--only does not prune the member: other clusters may still send calls there' {
  row 70-workloads apps Deployment sample former | recorded
  apply --yes --only member
  [ "$status" -eq 0 ]
  refute grep -F ' delete ' "$RECORD"
}

@test '--dry-run and --diff name the istiod that would no longer read the member' {
  answer 'get secret/istio-remote-secret-member --ignore-not-found' 0 <<<secret/istio-remote-secret-member
  for option in --dry-run --diff; do
    apply "$option"
    [[ "${lines[*]}" == *'istiod of host would no longer read member'* ]]
    refute grep -F ' delete ' "$RECORD"
  done
  [ "$status" -eq 1 ]
}

@test 'apply.sh does not install Istio again in a member that has left' {
  rm "$WORLD/last-apply.0"
  answer 'context=host --request-timeout=30s --namespace=kube-system get configmap/mesh-federation-demo' 0 <<<'mesh-federation-demo'
  apply --yes
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'it has left'*'delete its block'* ]]
  refute grep -E ' apply | delete |istioctl install' "$RECORD"
}

@test 'apply.sh refuses a plan without a cluster of the last apply, even if there is no lock' {
  last_apply_was_for host member edge
  apply --yes
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'1 problem, nothing was changed'*'edge was in the last apply'*'state: leaving'*'--only edge'* ]]
  refute grep -E ' apply | delete |istioctl install' "$RECORD"
}

@test 'apply.sh accepts a record of an earlier version, which does not list the clusters' {
  last_apply_was_for
  apply --yes
  [ "$status" -eq 0 ]
}

@test 'apply.sh recognizes a cluster under a new name' {
  last_apply_was_for host
  row former "$(kubectl --context=member get namespace kube-system )" >>"$WORLD/last-apply.0"
  : >"$RECORD"
  apply --yes
  [ "$status" -eq 0 ]
}

@test 'the record of each cluster lists all clusters of the plan' {
  apply --yes
  [ "$status" -eq 0 ]
  [ "$(grep -cF -- '--from-literal=clusters.tsv=' "$RECORD")" -ge 2 ]
  [ "$(grep -F -- '--from-literal=clusters.tsv=' "$RECORD" | grep -cvF "host\\t$(kubectl --context=host get namespace kube-system )\\nmember\\t")" -eq 0 ]
}
