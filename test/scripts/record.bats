#!/usr/bin/env bats
# apply.sh writes a record into each cluster. Recorders stand in for the clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
setup() { set_up_recorders; }

apply() { run "$directory/apply.sh" "$@"; }

# Copies the keys of the last record of a cluster here, a file for each.
read_last_record() { cp "$WORLD/kept/$1"/* .; }

# Lets a cluster answer with the last record that was written there.
keep_record() {
  read_last_record "$1"
  {
    printf -- '--context=%s --request-timeout=30s --namespace=kube-system get configmap/mesh-federation-demo --ignore-not-found --output=jsonpath={.data.objects\n' "$1"
    printf '%s\x1f' "$(sed -n "s/^$1\t//p" "$directory/objects.tsv")" "$(cat commands.tsv)" "$(cat created.tsv)" "$(cat progress)" "$(cat cluster)"
    cat clusters.tsv
  } >"$WORLD/record-$1.0"
}

@test 'records the commands: what each installer installed, and which istiod reads which cluster' {
  apply --yes
  [ "$status" -eq 0 ]
  read_last_record host
  [ "$(cat commands.tsv)" = "$(row 20-control-plane istioctl-install host/20-control-plane/istiod.yaml 1.31.4
    row 45-discovery remote-secret - member member -)" ]
  [ "$(cat cluster)" = host ]
}

@test 'does not record an existing object as created' {
  answer '--context=host --request-timeout=30s get Namespace/istio-system --ignore-not-found' 0 <<<namespace/istio-system
  answer '--context=member --request-timeout=30s get customresourcedefinitions' 0 <<<customresourcedefinition.apiextensions.k8s.io/gateways.networking.istio.io
  apply --yes
  [ "$status" -eq 0 ]
  istio=$'apiextensions.k8s.io\tCustomResourceDefinition\t-\t*.istio.io'
  read_last_record host
  [ "$(cat created.tsv)" = "$(row - Namespace - sample; echo "$istio"; row types.kubefed.io FederatedNamespace sample sample)" ]
  # KubeFed will create namespace sample.
  read_last_record member
  [ "$(cat created.tsv)" = "$(row - Namespace - istio-system; row - Namespace - sample)" ]
}

@test 'changes nothing if a cluster does not say what it has' {
  answer 'get Namespace/istio-system' 1 <<<'the server is currently unable to handle the request'
  apply --yes
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" == *'cannot tell whether'*'has Namespace/istio-system'* ]]
  refute grep -E ' apply | install ' "$RECORD"
}

@test 'records the Secret cacerts as created only if the run creates it' {
  for cluster in host member; do
    mkdir -p "ca/$cluster"
    for file in ca-cert ca-key root-cert cert-chain; do echo secret >"ca/$cluster/$file.pem"; done
  done
  apply --yes --cacerts ca
  read_last_record member
  grep -Fx -- $'-\tSecret\tistio-system\tcacerts' created.tsv
  : >"$RECORD"
  apply --yes
  read_last_record member
  refute grep -F cacerts created.tsv
}

@test 'says how far the last run got, and where the next one can go on' {
  answer '{.status.loadBalancer' 0 </dev/null
  apply --yes --timeout 1
  [ "$status" -eq 1 ]
  [[ "${lines[*]}" != *'to continue there'* ]]
  keep_record host
  keep_record member
  [ "$(cut -f 1 progress)" = 10-foundation ]
  apply --dry-run
  [[ "${lines[*]}" == *'host: this output was applied as far as 20-control-plane'* ]]
  [[ "${lines[*]}" == *'member: this output was applied as far as 10-foundation'* ]]
  [[ "${lines[*]}" == *'use --from 30-gateways to continue there'* ]]
  # It says nothing about another output.
  echo >>"$directory/host/inventory.json"
  apply --dry-run
  [[ "${lines[*]}" != *'host: this output'* ]]
  [[ "${lines[*]}" == *'use --from 10-foundation to continue there'* ]]
}

@test 'counts a wave only after all waves before it' {
  apply --yes --from 60-federation
  [ "$status" -eq 0 ]
  read_last_record host
  [ ! -s progress ]
}

@test 'writes nothing in a second run' {
  apply --yes
  keep_record host
  keep_record member
  : >"$RECORD"
  apply --yes
  [ "$status" -eq 0 ]
  refute grep -F 'create configmap' "$RECORD"
}

@test '--prune deletes the remote secret of a cluster that has left' {
  apply --yes
  keep_record host
  sed -i $'s/^45-discovery\tremote-secret/45-discovery\tremote-secret\t-\tedge\tedge-id\t-\\n&/' "$WORLD/record-host.0"
  apply --yes
  refute grep -F delete "$RECORD"
  read_last_record host
  grep -F edge-id commands.tsv
  apply --yes --prune
  [ "$status" -eq 0 ]
  grep -F -- '--context=host --namespace=istio-system delete secret/istio-remote-secret-edge-id' "$RECORD"
  read_last_record host
  refute grep -F edge-id commands.tsv
}
