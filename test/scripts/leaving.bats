#!/usr/bin/env bats
# What the scripts do with a cluster that leaves, with recorders in the place of clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders

setup() {
  set_up_recorders
  rm -rf "$directory"
  mkdir project
  root="$BATS_TEST_DIRNAME/../.."
  cp -R "$root/cdk8s.yaml" "$root/workloads" project
  # The default declaration; its member leaves, and is named by no workload any more.
  sed -e 's/^    role: member$/&\n    state: leaving/' -e '/^    overrides:$/,/^$/d' "$root/federation.yaml" >project/federation.yaml
  (cd "$root" && FEDERATION="$BATS_TEST_TMPDIR/project/federation.yaml" CDK8S_OUTDIR="$directory" npm run --silent synth)
  has_a_record
  last_apply_was_for host member
  answer 'istioctl remote-clusters --context=host' 0 <<<$'NAME SECRET STATUS ISTIOD\nhost - synced istiod'
}

# Every cluster holds something of the federation.
has_a_record() { printf '%s\n' 'get configmap/mesh-federation-demo --ignore-not-found --output=name' configmap/mesh-federation-demo >"$WORLD/zz-known.0"; }

# What the record of each cluster says of the last apply. $@: names; what they are is not what any cluster here is.
last_apply_was_for() {
  {
    printf '%s\n' '{.metadata.name}{"\n"}{.data.clusters\.tsv}'
    echo mesh-federation-demo
    for name in "$@"; do row "$name" "uid-of-$name"; done
  } >"$WORLD/last-apply.0"
}

apply() { run "$directory/apply.sh" "$@"; }

# What an earlier run has applied.
recorded() { { echo 'get configmap/mesh-federation-demo --ignore-not-found --output=jsonpath={.data.objects'; cat; } >"$WORLD/record.0"; }

# The first line of the record that holds $1.
line_of() { grep -nF -- "$1" "$RECORD" | head -n 1 | cut -d : -f 1; }

@test 'nobody reads it any more before its workloads go' {
  apply --yes
  [ "$status" -eq 0 ]
  gone="$(line_of '--context=host --namespace=istio-system delete secret/istio-remote-secret-member --ignore-not-found')"
  [ "$gone" -lt "$(line_of 60-federation)" ]
  refute grep -F 'create-remote-secret' "$RECORD"
}

@test 'what it does not need undone is not written down for destroy.sh' {
  apply --yes
  [ "$status" -eq 0 ]
  grep -F -- '--from-literal=commands.tsv=' "$RECORD"
  refute grep -F -- 'commands.tsv=' <(grep -F 'remote-secret-gone' "$RECORD")
}

@test 'its Istio and its gateway stay' {
  apply --yes
  [ "$status" -eq 0 ]
  grep -F 'istioctl install --context=member' "$RECORD"
  grep -E 'context=member apply .*50-remote-gateways' "$RECORD"
}

@test 'where istiod still reads it, nothing further happens' {
  rm "$(grep -lF remote-clusters "$WORLD"/*)"
  answer 'istioctl remote-clusters --context=host' 0 <<<$'NAME SECRET STATUS ISTIOD\nhost - synced istiod\nmember istio-system/x synced istiod'
  apply --yes --timeout 1
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'istiod of host still reads member'*'--from 45-discovery'* ]]
  refute grep -F 60-federation "$RECORD"
}

@test 'no answer of istiod is not taken for a yes' {
  for silence in 0 1; do
    rm "$WORLD"/*.[01]
    has_a_record
    last_apply_was_for host member
    answer 'istioctl remote-clusters --context=host' "$silence" <<<''
    apply --yes --timeout 1
    [ "$status" -eq 1 ]
  done
}

@test 'what it had directly is deleted without --prune, at the end; a cluster that stays keeps all it has' {
  row 70-workloads apps Deployment sample former | recorded
  apply --yes
  [ "$status" -eq 0 ]
  [ "$(grep -E ' delete (Deploy|Service)' "$RECORD" | grep -c -- --context=member)" -eq 1 ]
  refute grep -E 'context=host .* delete Deploy' "$RECORD"
  [ "$(line_of 'delete Deployment.apps/former')" -gt "$(line_of 60-federation)" ]
}

@test '--only does not delete from it: others may still send calls there' {
  row 70-workloads apps Deployment sample former | recorded
  apply --yes --only member
  [ "$status" -eq 0 ]
  refute grep -F ' delete ' "$RECORD"
}

@test '--dry-run and --diff say who would no longer read it' {
  answer 'get secret/istio-remote-secret-member --ignore-not-found' 0 <<<secret/istio-remote-secret-member
  for option in --dry-run --diff; do
    apply "$option"
    [[ "${lines[*]}" == *'istiod of host would no longer read member'* ]]
    refute grep -F ' delete ' "$RECORD"
  done
  [ "$status" -eq 1 ]
}

@test 'discover.sh leaves it out of the lock once it holds nothing any more' {
  run "$directory/discover.sh" a.lock.yaml
  [ "$status" -eq 0 ]
  grep -x '  member:' a.lock.yaml
  rm "$WORLD/last-apply.0"
  answer 'context=host --request-timeout=30s --namespace=kube-system get configmap/mesh-federation-demo' 0 <<<'mesh-federation-demo'
  run "$directory/discover.sh" a.lock.yaml
  [ "$status" -eq 0 ]
  [[ "${lines[*]}" == *'member has left'* ]]
  grep -x '  host:' a.lock.yaml
  refute grep -F member a.lock.yaml
}

@test 'discover.sh does not take silence for having left' {
  rm "$WORLD/last-apply.0"
  answer 'context=member --request-timeout=30s --namespace=kube-system get configmap/mesh-federation-demo' 1 <<<'Forbidden'
  run "$directory/discover.sh" a.lock.yaml
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'cannot tell whether member holds anything of demo'* ]]
  [ ! -e a.lock.yaml ]
}

@test 'apply.sh does not give Istio again to who has left' {
  rm "$WORLD/last-apply.0"
  answer 'context=host --request-timeout=30s --namespace=kube-system get configmap/mesh-federation-demo' 0 <<<'mesh-federation-demo'
  apply --yes
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'it has left'*'delete its block'* ]]
  refute grep -E ' apply | delete |istioctl install' "$RECORD"
}

@test 'without a lock, too, no cluster of the last apply may be missing from the plan' {
  last_apply_was_for host member edge
  apply --yes
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'1 problem, nothing was changed'*'edge was in the last apply'*'state: leaving'*'--only edge'* ]]
  refute grep -E ' apply | delete |istioctl install' "$RECORD"
}

@test 'a record of an earlier version, which does not say who was there, is none to complain of' {
  last_apply_was_for
  apply --yes
  [ "$status" -eq 0 ]
}

@test 'a cluster under a new name is the same one' {
  last_apply_was_for host
  row former "$(kubectl --context=member get namespace kube-system )" >>"$WORLD/last-apply.0"
  : >"$RECORD"
  apply --yes
  [ "$status" -eq 0 ]
}

@test 'each cluster remembers which clusters there were' {
  apply --yes
  [ "$status" -eq 0 ]
  [ "$(grep -cF -- '--from-literal=clusters.tsv=' "$RECORD")" -ge 2 ]
  [ "$(grep -F -- '--from-literal=clusters.tsv=' "$RECORD" | grep -cvF "host\\t$(kubectl --context=host get namespace kube-system )\\nmember\\t")" -eq 0 ]
}
