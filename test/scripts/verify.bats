#!/usr/bin/env bats
# verify.sh compares the answers of recorders, which stand in for the clusters, with the tables.

# shellcheck disable=SC2016,SC2154 # nobody shall expand hostile texts; the output's `directory` is from support/
# shellcheck source=support/recorders.bash
load support/recorders
# shellcheck source=support/output.bash
load support/output
bats_require_minimum_version 1.5.0

setup() { set_up_output "it's \$(touch injected) \"here\""; }

teardown() { [ -z "$(find "$BATS_TEST_TMPDIR" -name PWNED -o -name injected)" ]; }

verify() { run --separate-stderr "$directory/verify.sh" --timeout 1 "$@"; }

# Replaces the endpoints of the Envoy in a cluster's pod. $1: the context; on stdin: service port address.
envoy_has() {
  local service port address
  while read -r service port address; do
    printf "outbound|$port||$service.sample.svc.cluster.local::$address::%s\n" rq_total::0 weight::1 priority::0
  done | answer "kubectl --context=$1 --request-timeout=30s --namespace=sample exec sleep-7d4-k8w2q --container=istio-proxy" 0
}

@test 'compares the endpoints, and counts who answers from each cluster' {
  verify --path /hello
  [ "$status" -eq 0 ]
  [ "$output" = 'host: pod sample/sleep-7d4-k8w2q
host: 4 endpoints as expected
host: 100 of 100 calls to helloworld.sample.svc.cluster.local:5000 were answered
     75 Hello version: v2, instance: helloworld
     25 Hello version: v1, instance: helloworld
member: pod sample/sleep-7d4-k8w2q
member: 4 endpoints as expected
member: 100 of 100 calls to helloworld.sample.svc.cluster.local:5000 were answered
     75 Hello version: v2, instance: helloworld
     25 Hello version: v1, instance: helloworld' ]
  grep -F 'sh 100 http://helloworld.sample.svc.cluster.local:5000/hello' "$RECORD"
}

@test 'changes nothing, and names the context and a bound in every call' {
  verify
  refute grep -E ' (apply|create|delete|patch|label|annotate|replace|scale|edit|set) ' "$RECORD"
  refute grep -vE ' --context=.* --request-timeout=' "$RECORD"
}

@test '--calls 0 makes no calls, --only checks from one cluster, --context names another context' {
  verify --calls 0 --only member --context 'member=my  "m" $(touch injected)'
  [ "$status" -eq 0 ]
  [ "${#lines[@]}" -eq 2 ]
  refute grep -F 'curl --silent' "$RECORD"
  refute grep -F -- '--context=member ' "$RECORD"
}

@test 'names what is wrong with the command line' {
  for words in --nonsense '--timeout 0' '--calls 08' '--calls 1;id' --only '--path hello' '--only nobody' '--context nobody=x'; do
    # shellcheck disable=SC2086 # several words
    verify $words
    [ "$status" -eq 2 ]
  done
  verify --help
  [ "$status" -eq 0 ]
}

@test 'names an endpoint that is missing, and one that nobody expects' {
  printf 'helloworld 5000 10.244.0.5:5000\nhelloworld 5000 10.245.0.7:5000\nsleep 80 10.244.0.9:80\nsleep 80 203.0.113.10:15443\n' | envoy_has host
  verify --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'helloworld.sample.svc.cluster.local 5000 is not called at 203.0.113.10:15443'* ]]
  [[ "$stderr" == *'helloworld.sample.svc.cluster.local 5000 is called at 10.245.0.7:5000, unexpectedly'* ]]
  [[ "$output" == *'member: 4 endpoints as expected'* ]]
}

@test 'a cluster whose pods are not ready, and a gateway without an address, are problems' {
  answer 'context=host --request-timeout=30s --namespace=sample get endpointslices' 0 <<<'false=10.244.0.5'
  printf 'helloworld 5000 203.0.113.10:15443\nsleep 80 203.0.113.10:15443\n' | envoy_has host
  verify --calls 0 --only host
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'helloworld.sample.svc.cluster.local 5000 is not called at no-address-in-host'* ]]
  rm "$WORLD"/*.0
  answer 'get service/istio-eastwestgateway --namespace' 0 </dev/null
  printf 'helloworld 5000 10.244.0.5:5000\nsleep 80 10.244.0.9:80\n' | envoy_has host
  verify --calls 0 --only host
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'is not called at no-address-in-member'* ]]
}

@test 'a gateway may be known by a hostname, by several addresses, or by IPv6' {
  answer 'get service/istio-eastwestgateway --namespace' 0 <<<' lb.example.com'
  verify --calls 0
  [ "$status" -eq 0 ]
  rm "$WORLD"/*.0
  answer 'get service/istio-eastwestgateway --namespace' 0 <<<'2001:db8::7 '
  answer ' get pods ' 0 <<<'sample sleep-7d4-k8w2q 10.244.0.9 fd00::9'
  printf 'helloworld 5000 10.244.0.5:5000\nhelloworld 5000 [2001:db8::7]:15443\nsleep 80 10.244.0.9:80\nsleep 80 [2001:db8::7]:15443\n' | envoy_has host
  verify --calls 0 --only host
  [ "$status" -eq 0 ]
}

@test 'a pod calls no gateway at an address of a family that it lacks' {
  pod_has() { answer ' get pods ' 0 <<<"sample sleep-7d4-k8w2q $1"; }
  calls() { printf "helloworld 5000 %s\n" "$@" | sed 'p; s/helloworld 5000/sleep 80/; s/10.244.0.5/10.244.0.9/' | envoy_has host; }
  sed -i $'s/^member\tnetwork2\t.*/member\tnetwork2\t203.0.113.20:15443\\nmember\tnetwork2\t[2001:db8::20]:15443/' "$directory/gateways.tsv"
  sum_up
  pod_has 10.244.0.9 && calls 10.244.0.5:5000 203.0.113.20:15443
  verify --calls 0 --only host
  [ "$status" -eq 0 ]
  rm "$WORLD"/*.0
  pod_has 10.244.0.9 && calls 10.244.0.5:5000 203.0.113.20:15443 '[2001:db8::20]:15443'
  verify --calls 0 --only host
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'is called at [2001:db8::20]:15443, unexpectedly'* ]]
  rm "$WORLD"/*.0
  pod_has '10.244.0.9 fd00::9' && calls 10.244.0.5:5000 203.0.113.20:15443 '[2001:db8::20]:15443'
  verify --calls 0 --only host
  [ "$status" -eq 0 ]
  rm "$WORLD"/*.0
  pod_has fd00::9 && calls 10.244.0.5:5000 '[2001:db8::20]:15443'
  verify --calls 0 --only host
  [ "$status" -eq 0 ]
  # No way is left: that is told.
  rm "$WORLD"/*.0
  sed -i '/2001:db8/d' "$directory/gateways.tsv"
  sum_up
  pod_has fd00::9 && calls 10.244.0.5:5000
  verify --calls 0 --only host
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'is not called at no-address-in-member'* ]]
}

@test 'a gateway of nodes is compared by its address alone' {
  sed -i $'s/\tservice\tistio-system\tistio-eastwestgateway\t\\(.*\\)\taddress\t/\tnode\t-\t-\t\\1\taddress\t/' "$directory/gates.tsv"
  sum_up
  answer 'get node --output' 0 <<<'203.0.113.10'
  verify --calls 0
  [ "$status" -eq 0 ]
}

@test 'calls that nobody answers are counted' {
  printf '200 a\n503 b\n000 \n503 b\n404 c\n' | answer 'curl --silent' 0
  verify --calls 5
  [ "$status" -eq 1 ]
  [[ "$output" == *'host: 2 of 5 calls to helloworld.sample.svc.cluster.local:5000 were answered'* ]]
}

@test 'no pod with a sidecar and curl is a problem' {
  answer 'command -v curl' 1 </dev/null
  verify
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'host: found no ready pod with a sidecar and curl'* ]]
}

@test 'refuses another cluster than that of the lock, and a cluster that does not answer' {
  sed -i $'s/^00-preflight\thost\thost\t-/00-preflight\thost\thost\tpinned/' "$directory/plan.tsv"
  sum_up
  verify
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'host does not answer, or is not the expected cluster'* ]]
}

@test 'a file that has changed since the synth is refused before any call' {
  echo >>"$directory/endpoints.tsv"
  verify
  [ "$status" -eq 2 ]
  [ ! -s "$RECORD" ]
}

@test 'rows that no synth writes are refused before any exec' {
  cp "$directory/services.tsv" services
  for change in 's/helloworld.sample/$(touch PWNED).sample/' 's/\t5000\t/\t5000;id\t/' 's/^hello/--hello/'; do
    sed "$change" services >"$directory/services.tsv"
    sum_up
    verify
    [ "$status" -eq 2 ]
    refute grep ' exec ' "$RECORD"
  done
}

@test 'no answer of a server or a pod becomes arithmetic, a command or a flag, and nothing raw is shown' {
  raw=$'\e]0;title\a \e[31mred \x9b31m \u009b31m \u202e \u200b \x7f \r \x80'
  for text in 'a[$(touch PWNED)]' '200 `touch PWNED`' '--help x 10.0.0.1' 'sample --kubeconfig=PWNED 10.0.0.1' 'true 1.2.3.4/e;touch PWNED x' \
    'outbound|5000||helloworld.sample.svc.cluster.local::$(touch PWNED):1::weight::a[$(touch PWNED)]' "$raw" "200 $raw"; do
    for part in ' get pods ' ' GET clusters' 'curl --silent' 'service-name=' 'get service/' ' get namespace '; do
      rm -f "$WORLD"/*.0
      answer "$part" 0 <<<"$text"
      verify --only host --calls 3
      refute grep -F PWNED "$RECORD"
      [ -z "$(tr -d '\n\40-\176' <<<"$output$stderr")" ]
    done
    [ -z "$(find "$BATS_TEST_TMPDIR" -name PWNED)" ]
  done
}

@test 'a server that lists very many pods or endpoints ends in time, and fills no terminal' {
  for ((n = 0; n < 300; n++)); do printf 'sample a%s-5b8-x2x4z 10.244.0.5\n' "$n"; done | answer ' get pods ' 0
  answer 'command -v curl' 1 </dev/null
  verify --only host
  [ "$status" -eq 1 ]
  [ "$(grep -c 'command' "$RECORD")" -le 20 ]
  rm "$WORLD"/*
  awk 'BEGIN { for (n = 0; n < 40000; n++) printf "true 10.%d.%d.%d\n", n / 65536, n / 256 % 256, n % 256 }' | answer service-name= 0
  awk 'BEGIN { for (n = 0; n < 40000; n++) print "helloworld 5000 11." int(n / 65536) "." int(n / 256) % 256 "." n % 256 ":1" }' | envoy_has host
  SECONDS=0
  verify --only host --calls 0
  [ "$status" -eq 1 ]
  [ "$SECONDS" -lt 20 ]
  [ "${#stderr_lines[@]}" -le 210 ]
}

@test 'a pod of both IP families is one endpoint, by whichever address a proxy lists it' {
  printf 'true 10.244.0.5 helloworld-1\ntrue fd00:10::5 helloworld-1\n' | answer service-name=helloworld 0
  verify --only host
  [ "$status" -eq 0 ]
  [[ "$output" == *'host: 4 endpoints as expected'* ]]
  echo 'helloworld 5000 10.244.0.7:5000' | envoy_has host
  verify --only host --calls 0
  [ "$status" -eq 1 ]
  [[ "$stderr" == *'is not called at 10.244.0.5|fd00:10::5'* ]]
}
