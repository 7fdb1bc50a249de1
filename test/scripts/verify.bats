#!/usr/bin/env bats
# verify.sh judges the answers of recorders, which stand in for the clusters. docs/testing.md: its tests on real clusters.

# shellcheck source=support/recorders.bash disable=SC2154 # bats finds it: the output's `directory` is from there
load support/recorders
bats_require_minimum_version 1.5.0
setup() { set_up_recorders; }

verify() { run --separate-stderr "$directory/verify.sh" --timeout 1 "$@"; }

# Replaces the endpoints of the Envoy in a cluster's pod. $1: the context; on stdin: service port address.
envoy_has() {
  local service port address
  while read -r service port address; do
    printf "outbound|$port||$service.sample.svc.cluster.local::$address::%s\n" rq_total::0 weight::1 priority::0
  done | answer "kubectl --context=$1 --request-timeout=30s --namespace=sample exec sleep-7d4-k8w2q --container=istio-proxy" 0
}

# Checks which clients call helloworld in which clusters, and by which endpoints. $1: lines `client serving endpoint`.
expect_calls() {
  verify --calls 0 --service helloworld
  [ "$(awk 'NR > 1 && $5 != "unexpected" { print $1, $3, $4 }' <<<"$output")" = "$1" ]
}

@test 'shows which endpoints received the calls of each cluster' {
  verify --path /hello
  [ "$status" -eq 0 ]
  [ "$output" = 'client  service                                   serving  endpoint                      state  calls
host    helloworld.sample.svc.cluster.local:5000  host     local                         ok     53
host    helloworld.sample.svc.cluster.local:5000  member   gateway-address:member:15443  ok     47
host    sleep.sample.svc.cluster.local:80         host     local                         ok     -
host    sleep.sample.svc.cluster.local:80         member   gateway-address:member:15443  ok     -
member  helloworld.sample.svc.cluster.local:5000  host     gateway-address:host:15443    ok     47
member  helloworld.sample.svc.cluster.local:5000  member   local                         ok     53
member  sleep.sample.svc.cluster.local:80         host     gateway-address:host:15443    ok     -
member  sleep.sample.svc.cluster.local:80         member   local                         ok     -' ]
  grep -F 'http://helloworld.sample.svc.cluster.local:5000/hello' "$RECORD"
}

@test 'changes nothing, and names the context in every call to a server' {
  verify
  [ "$status" -eq 0 ]
  refute grep -E ' (apply|create|delete|patch|label|annotate|replace|scale|edit|set) ' "$RECORD"
  refute grep -vE -e ' --context=' -e ' --help$' "$RECORD"
}

@test '--json prints the same facts as JSON' {
  verify --json --service helloworld
  [ "$status" -eq 0 ]
  node -e 'const { ok, endpoints, problems } = JSON.parse(process.argv[1]);
    const calls = endpoints.map(({ client, serving, calls }) => [client, serving, calls].join());
    require("assert").deepEqual([ok, problems, calls], [true, [], ["host,host,53", "host,member,47", "member,host,47", "member,member,53"]])' "$output"
}

@test '--json escapes the answers of other machines' {
  printf 'a"\\\e[31m\tb\nc' | answer 'configmap/istio-ca-root-cert' 0
  answer 'context=member --request-timeout=30s --namespace=istio-system get service/istio-eastwestgateway --output=jsonpath={.metadata.labels' 0 <<<$'x"\\\e[31m'
  verify --json --calls 0
  [ "$status" -eq 1 ]
  node -e 'const { ok, problems: [{ problem, fix }] } = JSON.parse(process.argv[1]);
    require("assert").deepEqual([ok, /network label/.test(problem), fix], [false, true, "run ./apply.sh --force-conflicts to restore the label"])' "$output"
}

@test '--calls 0 makes no calls, --only checks from one cluster, --service checks one service' {
  verify --calls 0 --only member --service helloworld.sample
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 3 ]
  refute grep -F 'curl --silent' "$RECORD"
}

@test 'names the missing remote secret, and how to create it' {
  answer 'get secret/istio-remote-secret-member' 1 </dev/null
  printf 'helloworld 5000 10.244.0.5:5000\nsleep 80 10.244.0.9:80\n' | envoy_has host
  verify --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'remote secret: host has no Secret istio-system/istio-remote-secret-member'*'--from 45-discovery'* ]]
  [[ "$output" == *'member   gateway-address:member:15443  missing'* ]]
  # One broken link explains every endpoint that is missing because of it.
  [[ "$stderr" == *'error: 1 problem'$'\n'* ]]
}

@test 'names a remote secret with which istiod does not read the cluster' {
  printf 'NAME SECRET STATUS ISTIOD\nmember istio-system/x timeout istiod\n' | answer 'istioctl remote-clusters --context' 0
  verify --calls 0
  [[ "$stderr" == *'remote secret: istiod of host does not read member'* ]]
}

@test 'names the wrong network label' {
  echo elsewhere | answer 'context=member --request-timeout=30s --namespace=istio-system get service/istio-eastwestgateway --output=jsonpath={.metadata.labels' 0
  verify --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'network label: member: service/istio-eastwestgateway has topology.istio.io/network=elsewhere, expected network2'* ]]
}

@test 'names the gateway whose address vanished, even while proxies still have the address' {
  answer 'context=member --request-timeout=30s --namespace=istio-system get service/istio-eastwestgateway --output=jsonpath={.status' 0 </dev/null
  verify --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'gateway address: the gateway of member has none'* ]]
}

@test 'names the gateway whose address is not the expected one' {
  sed -i 's/gateway-address:member:15443/203.0.113.99:15443/' "$directory/gateways.tsv"
  verify --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'gateway address: the gateway of member is at 203.0.113.10:15443, expected 203.0.113.99:15443'*'mesh-federation discover'* ]]
}

@test 'names the gateway without pods' {
  echo 0 | answer 'context=member --request-timeout=30s --namespace=istio-system get deployment/istio-eastwestgateway' 0
  verify --calls 0
  [[ "$stderr" == *'gateway: no pod of the gateway of member is available'* ]]
}

@test 'names two clusters that trust different roots' {
  echo another | answer 'context=member --request-timeout=30s --namespace=istio-system get configmap/istio-ca-root-cert' 0
  verify --calls 0
  [[ "$stderr" == *'root: host and member trust different roots'* ]]
}

@test 'names the missing webhook' {
  answer 'context=member --request-timeout=30s get mutatingwebhookconfiguration' 0 </dev/null
  verify --calls 0
  [[ "$stderr" == *'sidecar: member has no webhook of Istio'* ]]
}

# Leaves the Envoy of the host without the endpoint of helloworld in the member.
only_own_pods() { printf 'helloworld 5000 10.244.0.5:5000\nsleep 80 10.244.0.9:80\nsleep 80 203.0.113.10:15443\n' | envoy_has host; }

@test 'names a service without ready pods' {
  only_own_pods
  answer 'context=member --request-timeout=30s --namespace=sample get endpointslices.discovery.k8s.io --selector=kubernetes.io/service-name=helloworld' 0 </dev/null
  verify --calls 0 --only host
  [[ "$stderr" == *'helloworld.sample.svc.cluster.local is not called in member: sidecar: no pod of it is ready there'* ]]
}

@test 'names pods without a sidecar' {
  only_own_pods
  echo 10.244.0.9 | answer 'context=member --request-timeout=30s --namespace=sample get pods --selector=security' 0
  verify --calls 0 --only host
  [[ "$stderr" == *'is not called in member: sidecar: its pods there have none'* ]]
}

@test 'names nodes without a region if a DestinationRule chooses by region' {
  only_own_pods
  echo '{"distribute":[]}' | answer 'get destinationrules.networking.istio.io' 0
  echo node/one | answer 'context=member --request-timeout=30s get nodes --selector=!topology' 0
  verify --calls 0 --only host
  [[ "$stderr" == *'locality: a DestinationRule chooses by it, and nodes there have no region'* ]]
}

@test 'names a missing endpoint that no broken link explains' {
  only_own_pods
  verify --calls 0 --only host
  [[ "$stderr" == *'helloworld.sample.svc.cluster.local:5000 is not called in member, and no link is broken'* ]]
}

@test 'names the address of a pod in another network' {
  printf 'helloworld 5000 10.244.0.5:5000\nhelloworld 5000 10.99.0.7:5000\nsleep 80 10.244.0.9:80\nsleep 80 203.0.113.10:15443\n' | envoy_has host
  answer 'command -v curl' 1 </dev/null
  verify --calls 0 --only host --client sample/sleep
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'is also called at 10.99.0.7:5000, where nothing is expected'* ]]
  [[ "$output" == *'10.99.0.7:5000 '*'unexpected'* ]]
}

@test 'names the proxy that does not answer' {
  echo 'error: unable to upgrade connection' | answer 'kubectl --context=host --request-timeout=30s --namespace=sample exec sleep-7d4-k8w2q --container=istio-proxy' 1
  verify --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'error: 1 problem'$'\n'*'host: the proxy of pod sample sleep-7d4-k8w2q does not answer: error: unable to upgrade connection'* ]]
}

@test 'reports calls that nobody answers' {
  printf '200\n503\n000\n' | answer '(curl --silent' 0
  verify --only host
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'only 1 of 100 calls to helloworld.sample.svc.cluster.local:5000 were answered'* ]]
}

@test 'reports an endpoint that receives none of its calls' {
  printf 'helloworld 5000 10.244.0.5:5000\nhelloworld 5000 203.0.113.10:15443\nsleep 80 10.244.0.9:80\nsleep 80 203.0.113.10:15443\n' | envoy_has host
  verify --only host
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'none of 100 calls to helloworld.sample.svc.cluster.local:5000 went to member'* ]]
}

@test 'counts the calls to a gateway that leads to two clusters once' {
  row all member network2 member >>"$directory/endpoints.tsv"
  verify --only host --service helloworld
  [ "$status" -eq 0 ]
  [ "$(grep -oE '(53|47|-)$' <<<"$output" | paste -sd ' ')" = '53 47 -' ]
}

@test 'expects calls to a service only from its clients' {
  sed -i 's/^\(helloworld.*\)all\tall$/\1helloworld.sample\tall/' "$directory/services.tsv"
  row helloworld.sample member network2 host >>"$directory/clients.tsv"
  expect_calls 'member host gateway-address:host:15443
member member local'
}

@test 'expects calls only from its own network to a cluster without a gateway' {
  sed -i 's/^\(all\tmember\tnetwork2\)\tmember$/\1\t-/' "$directory/endpoints.tsv"
  expect_calls 'host host local
member host gateway-address:host:15443
member member local'
}

@test 'expects calls to a cluster without a gateway of its own at every gateway of its network' {
  sed -i 's/^\(all\tmember\tnetwork2\)\tmember$/\1\t*/' "$directory/endpoints.tsv"
  row member network2 203.0.113.30:15443 >>"$directory/gateways.tsv"
  expect_calls 'host host local
host member gateway-address:member:15443
host member 203.0.113.30:15443
member host gateway-address:host:15443
member member local'
}

@test 'refuses tables that are missing, unknown or not from one synth, before it asks any cluster' {
  mkdir kept && cp "$directory"/*.tsv kept
  while IFS='|' read -r table change problem; do
    cp kept/*.tsv "$directory"
    sed -i "$change" "$directory/$table.tsv"
    verify
    [ "$status" -eq 2 ]
    [[ "$stderr" == "error: "*"$problem"*'fix: synthesize'* ]]
  done <<'TEXT'
services|1s/clients/callers/|services.tsv does not have the columns
clients|1d|clients.tsv does not have the columns
endpoints|d|endpoints.tsv does not have the columns
gateways|1s/$/\tmore/|gateways.tsv does not have the columns
services|2s/all/web.shop/|services.tsv names web.shop, which clients.tsv does not have
services|2s/all$/web.shop/|services.tsv names web.shop, which endpoints.tsv does not have
clients|2s/host/edge/|clients.tsv names edge, which plan.tsv does not have
clients|2s/host$/edge/|clients.tsv names edge, which plan.tsv does not have
endpoints|2s/host/edge/|endpoints.tsv names edge, which plan.tsv does not have
gateways|2s/host/edge/|gateways.tsv names edge, which plan.tsv does not have
endpoints|2s/host$/edge/|endpoints.tsv names edge, which gateways.tsv does not have
endpoints|2s/network1\thost$/network3\t*/|endpoints.tsv names \*, which gateways.tsv does not have
TEXT
  for table in services clients endpoints gateways; do
    cp kept/*.tsv "$directory"
    rm "$directory/$table.tsv"
    verify
    [ "$status" -eq 2 ]
    [[ "$stderr" == "error: there is no "*"$table.tsv"* ]]
  done
  [ ! -s "$RECORD" ]
}

@test 'runs nothing that a table contains' {
  for table in services clients endpoints gateways; do
    cp "$directory/$table.tsv" kept
    # shellcheck disable=SC2016,SC1003 # as it is written
    for trap in 'a[$(touch stolen)]' '$(touch stolen)' '`touch stolen`' '@' '*' ']' '"' '\\' ' ' '-'; do
      awk -F '\t' -v OFS='\t' -v trap="$trap" 'NR == 2 { for (i = 1; i <= NF; i++) { kept = $i; $i = trap; print; $i = kept } } { print }' \
        kept >"$directory/$table.tsv"
      verify --calls 0
      [ ! -e stolen ]
      [[ "$status" =~ ^[12]$ && "$stderr" != *'.sh: line '* ]]
    done
    cp kept "$directory/$table.tsv"
  done
}

@test 'says that no pod can make calls' {
  answer 'command -v curl' 1 </dev/null
  verify
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'host: no pod with a sidecar has curl'*'--client NAMESPACE/DEPLOYMENT'* ]]
}

@test 'stops if a context leads to another cluster' {
  sed -i $'s/\thost\thost\t-\t/\thost\thost\t00000000-0000-4000-8000-000000000000\t/' "$directory/plan.tsv"
  verify
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'expected 00000000-0000-4000-8000-000000000000'* ]]
  refute grep -F ' exec ' "$RECORD"
}

@test 'refuses options and values that it does not know' {
  for options in '--nonsense' '--calls x' '--path hello' '--client sleep' '--service nobody' '--only nobody' '--calls'; do
    # shellcheck disable=SC2086 # words of an option
    verify $options
    [ "$status" -eq 2 ]
    [[ "$stderr" == 'error: '* ]]
  done
}

@test '--help names every option' {
  verify --help
  [ "$status" -eq 0 ]
  while read -r option; do
    [[ "$output" == *"$option"* ]]
  done < <(grep -ohE -- '--[a-z]+( \||\))' "$directory/lib/verify/expected.sh" | grep -oE -- '--[a-z]+')
}
