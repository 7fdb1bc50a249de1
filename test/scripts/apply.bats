#!/usr/bin/env bats
# apply.sh calls recorders instead of kubectl, istioctl and helm. docs/testing.md: its tests on real clusters.

# shellcheck disable=SC2016,SC2154 # nobody shall expand hostile texts; the output's `directory` is from support/
# shellcheck source=support/recorders.bash
load support/recorders
# shellcheck source=support/output.bash
load support/output

# Users choose the names of directories: this one has quotes, blanks and a command that a shell would run.
setup() { set_up_output "it's \$(touch injected) \"here\""; }

teardown() { [ -z "$(find "$BATS_TEST_TMPDIR" -name PWNED -o -name injected)" ]; }

expecting() { printf '%s\n' --yes --expect "host=$(uid_of host)" --expect "member=$(uid_of member)"; }

apply() {
  local words
  mapfile -t words < <(expecting)
  run "$directory/apply.sh" "${words[@]}" "$@"
}

changes() { grep -E '(kubectl .* (apply|create|delete) |istioctl install|helm upgrade)' "$RECORD"; }

steps_taken() { grep -E '( --kustomize=|istioctl install|helm upgrade|create-remote-secret --context)' "$RECORD"; }

leases() { ls "$WORLD/leases" 2>/dev/null; }

# No byte but printable ASCII and line ends reached the terminal.
shows_nothing_raw() { [ -z "$(tr -d '\n\40-\176' <<<"$output")" ]; }

@test 'the scripts are thin: at most 350 and 200 lines, none wider than 120, and no Node' {
  cd "$BATS_TEST_DIRNAME/../../scripts"
  [ "$(wc -l <apply.sh)" -le 350 ]
  [ "$(wc -l <verify.sh)" -le 200 ]
  refute grep -nE '^.{121}' apply.sh verify.sh
  refute grep -nE '(^|[|;&(] *)(node|npm|npx|source|eval) |/lib/' apply.sh verify.sh
}

@test 'an old bash names the version that is needed, and stops' {
  for script in apply verify; do
    for version in '3 2 57' '4 3 48'; do
      run bash -c "version=($version); $(sed 's/BASH_VERSINFO/version/g; /^fi$/q' "$directory/$script.sh"); echo goes on"
      [ "$status" -eq 2 ]
      [[ "$output" == 'error: bash 4.4 or newer is needed'* ]]
    done
    [ "$(grep -vE '^(#|$)' "$directory/$script.sh" | head -n 1 | cut -c 1-30)" = 'if [ -z "${BASH_VERSINFO:-}" ]' ]
  done
}

@test 'the scripts use nothing that is newer than bash 4.4' {
  newer='wait -[a-z]*p|\$\{[A-Za-z_]+(\[[^]]*\])?@[UuLKk]\}|EPOCH(SECONDS|REALTIME)|SRANDOM|BASH_ARGV0|shopt -s (localvar_|assoc_expand|patsub|varredir|noexpand)|\$\{ |\$\{\|'
  refute grep -nE "$newer" "$directory/apply.sh" "$directory/verify.sh"
}

@test 'bash 4.4 and newer run the scripts' {
  for version in '4 4 0' '5 0 17' '5 3 9' '10 0 1'; do
    run bash -c "version=($version); $(sed 's/BASH_VERSINFO/version/g; /^fi$/q' "$directory/apply.sh"); echo goes on"
    [ "$output" = 'goes on' ]
  done
}

@test 'takes every step in the order of the plan, with the late address, and lets its leases go' {
  apply
  [ "$status" -eq 0 ]
  [ "$(steps_taken | wc -l)" -eq "$(tail -n +2 "$directory/plan.tsv" | cut -f 5 | grep -vc '^none$')" ]
  mapfile -t said < <(printf '%s\n' "${lines[@]}" | grep -oE '^[0-9]{2}-[a-z-]+')
  [ "$(printf '%s\n' "${said[@]}")" = "$(printf '%s\n' "${said[@]}" | sort)" ]
  grep -F 'istioctl install --context=member' "$RECORD" | grep -F -- '--set values.global.remotePilotAddress=203.0.113.10'
  [[ "$output" == *'done in '*'run ./verify.sh'* ]]
  [ -z "$(leases)" ]
}

@test 'names the context and a bound in every call to a server' {
  apply
  refute grep -vE -e ' --(kube-)?context=' -e '^istioctl version' -e ' --help$' "$RECORD"
  refute grep -v ' --request-timeout=' <(grep -E '^kubectl ' "$RECORD")
}

@test 'asks every question of gates.tsv' {
  apply
  while IFS=$'\t' read -r _ _ _ _ at kind _ name _; do
    if [[ $kind == remote-clusters ]]; then grep -F "istioctl remote-clusters --context=$at" "$RECORD"; continue; fi
    # A pod that no server creates is a question, too.
    if [[ $kind == injection ]]; then grep -F -- "--context=$at --request-timeout=30s run istio-proxy" "$RECORD"; continue; fi
    grep -F -- "--context=$at --request-timeout=30s get $kind" "$RECORD" | grep -F -- "${name/#-/}"
  done < <(tail -n +2 "$directory/gates.tsv" | grep -v $'\taddress\tmember') >"$BATS_TEST_TMPDIR/asked"
}

@test 'finds its output from anywhere, whatever CDPATH says' {
  cd "$directory"
  mapfile -t words < <(expecting)
  CDPATH=/:.. run bash apply.sh "${words[@]}"
  [ "$status" -eq 0 ]
}

@test 'records the output once in each cluster, before the first change there' {
  apply
  digest=$(sha256sum <"$directory/checksums" | cut -c 1-10)
  [ "$(grep -c "\"mesh-federation-demo-$digest\"" "$PIPED")" -eq 2 ]
  [ "$(grep -c 'mesh-federation.io/federation: "demo"' "$PIPED")" -eq 2 ]
  grep -F 'app.kubernetes.io/managed-by: mesh-federation' "$PIPED"
  # The rows are those of the tables, without the columns about the cluster.
  wanted=$(awk -F '\t' -v OFS='\t' '$1 == "member" { print $2, $3, $4, $5, $6 }' "$directory/objects.tsv")
  wanted=${wanted//$'\t'/\\t}
  grep -F "objects.tsv: \"${wanted//$'\n'/\\n}\", commands.tsv: \"40-remote\\tistioctl-install\\tmember/40-remote/istiod.yaml" "$PIPED"
  grep -F 'cluster: "member"' "$PIPED"
  refute grep -E 'created|progress' "$PIPED"
  for cluster in host member; do
    [[ "$(changes | grep -F "context=$cluster " | sed -n 2p)" == *' apply '*' --filename=-' ]]
  done
}

@test '--yes alone is refused while nothing says which cluster each one is' {
  run "$directory/apply.sh" --yes
  [ "$status" -eq 2 ]
  [[ "$output" == *"--expect "*"=$(uid_of host)"* || "$output" == *"=$(uid_of member)"* ]]
  refute changes
  # The records of an earlier apply say it.
  says 'context=host --request-timeout=30s get configmap' <<<'demo/host'
  says 'context=member --request-timeout=30s get configmap' <<<$'demo/member\ndemo/member'
  run "$directory/apply.sh" --yes
  [ "$status" -eq 0 ]
}

@test 'refuses another cluster than the expected one, and one cluster under two names' {
  run "$directory/apply.sh" --yes --expect "host=$(uid_of host)" --expect member=another
  [ "$status" -eq 1 ]
  [[ "$output" == *'--expect says another'* ]]
  apply --context host=member
  [ "$status" -eq 1 ]
  [[ "$output" == *'are one: correct the contexts'* ]]
  refute changes
}

@test 'refuses exchanged contexts and a second federation, by the records' {
  says 'context=host --request-timeout=30s get configmap' <<<'demo/member'
  says 'context=member --request-timeout=30s get configmap' <<<'other/member'
  apply
  [ "$status" -eq 1 ]
  [ "$(grep -c 'another federation is here' <<<"$output")" -eq 2 ]
  refute changes
}

@test 'the UIDs of the lock are what the clusters must say' {
  sed -i "s/{.metadata.uid}\tsome\t\[0-9A-Za-z-\]+/{.metadata.uid}\tsome\tpinned/" "$directory/gates.tsv"
  sum_up
  apply
  [ "$status" -eq 1 ]
  [[ "$output" == *'should say (some) pinned'* ]]
  refute changes
}

@test 'reports all problems at once, before the first change' {
  answer 'context=member --request-timeout=30s get namespace/kube-system' 1 <<<'connection refused'
  says 'kubefedcluster.core.kubefed.io/host' <<<'False https://203.0.113.20:6443'
  apply
  [ "$status" -eq 1 ]
  [[ "$output" == *'nothing was changed'*'member: namespace'*'host: kubefedcluster'* ]]
  refute changes
}

@test '--dry-run changes nothing and takes no lease' {
  apply --dry-run
  [ "$status" -eq 0 ]
  [ "$(changes | grep -vc -- --dry-run=server)" -eq 0 ]
  [ "$(changes | wc -l)" -gt 3 ]
}

@test '--from and --only select the steps, and unknown names are refused' {
  apply --from 50-remote-gateways --only member
  [ "$status" -eq 0 ]
  [ "$(steps_taken | wc -l)" -eq 2 ]
  refute grep -F -- '--context=host' <<<"$(changes)"
  for words in '--from 33-nothing' '--only nobody' '--context nobody=x' '--expect nobody=x'; do
    # shellcheck disable=SC2086 # two words
    apply $words
    [ "$status" -eq 2 ]
  done
}

@test 'names what is wrong with the command line' {
  for words in --nonsense '--timeout 0' '--timeout 08' '--timeout 1;id' --only '--context x' '--expect =x' '--from x'; do
    # shellcheck disable=SC2086 # several words
    apply $words
    [ "$status" -eq 2 ]
    [[ "$output" == *'cannot use'* ]]
  done
  refute changes
  run "$directory/apply.sh" --help
  [ "$status" -eq 0 ]
}

@test '--context sets the context of a cluster, whatever is in it' {
  run "$directory/apply.sh" --yes --context 'member=my  "m" $(touch injected)' --expect "host=$(uid_of host)" \
    --expect "member=$(uid_of 'my  "m" $(touch injected)')"
  [ "$status" -eq 0 ]
  refute grep -F -- '--context=member ' "$RECORD"
}

@test 'an answer that does not come in time ends with 4, and says where to go on' {
  says 'deployment.apps/istiod' <<<'4 3 True NewReplicaSetAvailable'
  apply --timeout 1
  [ "$status" -eq 4 ]
  [[ "$output" == *'host: deployment.apps istio-system/istiod should say'*'4 3 True'*'go on with --from 20-control-plane'* ]]
  refute grep -F 'host/30-gateways' "$RECORD"
  [ -z "$(leases)" ]
}

@test 'a missing CA is named, and Istio is not installed without it, wherever the run begins' {
  answer 'context=member --request-timeout=30s get secret/cacerts' 1 <<<'Error from server (NotFound): secrets "cacerts" not found'
  for from in 10-foundation 40-remote; do
    apply --from "$from"
    [ "$status" -eq 1 ]
    [[ "$output" == *'member: secret istio-system/cacerts should say'*'kubectl create secret generic cacerts'* ]]
    refute grep 'istioctl install --context=member' "$RECORD"
  done
}

@test 'a held lease is a refusal that says who holds it and how to break it' {
  mkdir -p "$WORLD/leases"
  printf "holderIdentity: 'mesh-federation alice@laptop', acquireTime: '2026-01-01T00:00:00.000000Z'" >"$WORLD/leases/member"
  apply
  [ "$status" -eq 5 ]
  [[ "$output" == *'member is locked by mesh-federation alice@laptop, since 2026-01-01T00:00:00.000000Z'* ]]
  [[ "$output" == *'kubectl --context=member delete --namespace=kube-system lease.coordination.k8s.io/mesh-federation'* ]]
  refute steps_taken
  # Only the lease of this run is gone.
  [ "$(leases)" = member ]
}

@test 'its lease has a holder and a time, and is not deleted when it is somebody else s' {
  says 'holderIdentity' </dev/null
  says '{.spec.acquireTime}' <<<'2026-01-01T00:00:00.000000Z'
  apply --only host
  [ "$status" -eq 0 ]
  [ "$(leases)" = host ]
  grep -E "holderIdentity: 'apply.sh [A-Za-z0-9._-]+@[A-Za-z0-9._-]*', leaseDurationSeconds: 86400" "$PIPED"
  grep -E "acquireTime: '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z', renewTime: '" "$PIPED"
}

@test 'a file that is replaced meanwhile stops the run before its step' {
  for file in member/10-foundation/namespaces.yaml plan.tsv gates.tsv apply.sh; do
    cp "$directory/$file" "$BATS_TEST_TMPDIR/original"
    : >"$RECORD"
    # While the first step runs, somebody synthesizes again.
    replacing "$file"
    apply
    [ "$status" -eq 1 ]
    [[ "$output" == *'has changed since the synth'* ]]
    [ "$(steps_taken | wc -l)" -eq 1 ]
    cp "$BATS_TEST_TMPDIR/original" "$directory/$file"
  done
}

# kubectl that appends to a file of the output when it applies the first directory.
replacing() {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  cat >"$BATS_TEST_TMPDIR/bin/kubectl" <<TEXT
#!/usr/bin/env bash
if [[ " \$* " == *'/host/10-foundation '* ]]; then echo '# new' >>$(printf '%q' "$directory/$1"); fi
exec $(printf '%q' "$BATS_TEST_DIRNAME/support/bin/kubectl") "\$@"
TEXT
  chmod +x "$BATS_TEST_TMPDIR/bin/kubectl"
  PATH="$BATS_TEST_TMPDIR/bin:$PATH"
}

@test 'a file that was changed before is refused before any call' {
  echo '# edited' >>"$directory/host/30-gateways/eastwest-gateway.yaml"
  apply
  [ "$status" -eq 1 ]
  [ ! -s "$RECORD" ]
}

@test 'rows that no synth writes are refused before any call' {
  cp "$directory/plan.tsv" plan
  cp "$directory/gates.tsv" gates
  for change in 's/\thost\/10-foundation\t/\thost\/..\/..\/etc\t/' 's/\thost\/10-foundation\t/\t..\/10-foundation\t/' 's/\tapply\t/\tfrobnicate\t/' 's/\tapply\t/\tstep\t/' \
    's/^10-foundation\thost/10-foundation\t--help/' 's/remotePilotAddress=gateway/remotePilotAddress=$(touch injected)gateway/'; do
    sed "$change" plan >"$directory/plan.tsv"
    sum_up
    apply
    [ "$status" -eq 2 ]
    cp plan "$directory/plan.tsv"
  done
  for change in 's/\tsecret\t/\t--kubeconfig=x\t/' 's/\tafter\thost/\tafter\tnobody/' 's/\tcacerts\t{/\t-x\t{/'; do
    sed "$change" gates >"$directory/gates.tsv"
    sum_up
    apply
    [ "$status" -eq 2 ]
  done
  [ ! -s "$RECORD" ]
}

@test 'no answer of a server becomes arithmetic, a command or a flag' {
  for text in 'a[$(touch PWNED)]' 'BASHPID[$(id >PWNED; echo 0)]' '08 08 `touch PWNED`' '--help' $'3\n3\n; touch PWNED'; do
    for part in 'namespace/kube-system' ' get configmap' 'istio-eastwestgateway --output=jsonpath={.status.load' 'remote-clusters --context' \
      'deployment.apps/istiod' 'federateddeployment' 'kubefedcluster' 'secret/cacerts' ' config view'; do
      rm -f "$WORLD"/*.0
      : >"$RECORD"
      says "$part" <<<"$text"
      apply --timeout 1 --from 20-control-plane
      refute grep -F PWNED "$RECORD"
      shows_nothing_raw
    done
    [ -z "$(find "$BATS_TEST_TMPDIR" -name PWNED)" ]
  done
}

@test 'only an address becomes a value of Istio' {
  for text in '203.0.113.10,global.hub=evil' '203.0.113.10 --set=x' '1.2.3.4;id' 'a b,c' '-1' '256.1.1.1' 'x=y' '{a}' '1.2.3' 'a..b' '-a.b' \
    'UPPER.example' "$(printf 'a%.0s' {1..300})" ':::' '1:2' '${x}' ''; do
    rm -f "$WORLD"/*.0
    : >"$RECORD"
    says 'istio-eastwestgateway --output=jsonpath={range .status.loadBalancer' <<<"$text"
    apply --only member --from 40-remote --timeout 1
    if [[ $text == '203.0.113.10 --set=x' ]]; then
      grep -E -- '--set values.global.remotePilotAddress=203.0.113.10$' "$RECORD"
    elif [[ $text == 'a b,c' ]]; then
      [ "$status" -eq 1 ]
      refute grep 'istioctl install' "$RECORD"
    else
      [ "$status" -eq 4 ]
      refute grep 'istioctl install' "$RECORD"
    fi
  done
  for text in 203.0.113.7 2001:db8::7 ::1 '203.0.113.7 lb-1.example.com' $'lb.example.com\n203.0.113.7'; do
    rm -f "$WORLD"/*.0
    : >"$RECORD"
    says 'istio-eastwestgateway --output=jsonpath={range .status.loadBalancer' <<<"$text"
    apply --only member --from 40-remote --timeout 1
    text=${text% *} text=${text##*$'\n'}
    grep -E -- "--set values.global.remotePilotAddress=$text\$" "$RECORD"
  done
}

@test 'a hostname is never the address of a primary that injects: the run stops before the installation' {
  for text in a1b2.elb.us-east-1.amazonaws.com ' lb.example.com'; do
    for words in '' '--only member --from 40-remote'; do
      rm -f "$WORLD"/*.0
      : >"$RECORD"
      says 'istio-eastwestgateway --output=jsonpath={range .status.loadBalancer' <<<"$text"
      # shellcheck disable=SC2086 # several words
      apply --timeout 1 $words
      [ "$status" -eq 1 ]
      refute grep 'istioctl install --context=member' "$RECORD"
      [[ "$output" == *"and says: $text"* && "$output" == *'injector: local'*'topology: multi-primary'* ]]
    done
  done
}

@test 'a remote whose pods get no proxy stops the run before its gateway' {
  says ' run istio-proxy ' <<<auto
  apply --timeout 1
  [ "$status" -eq 4 ]
  [[ "$output" == *'member: injection istio-system/'*'and says: auto'*'port 15017 of the gateway of its primary'* ]]
  refute grep -F 'member/50-remote-gateways' "$RECORD"
  rm "$WORLD"/*.0
  answer ' run istio-proxy ' 1 <<<'failed calling webhook: endpoints "istiod" not found'
  apply --timeout 1
  [ "$status" -eq 4 ]
  [[ "$output" == *'endpoints "istiod" not found'* ]]
  grep -F -- '--dry-run=server' "$RECORD" | grep -F ' --context=member ' | grep -F ' run istio-proxy '
}

@test 'a hostname is the address of a primary whose remotes inject by themselves' {
  sed -i $'/\t\\[0-9.]+|/d' "$directory/gates.tsv"
  sum_up
  says 'istio-eastwestgateway --output=jsonpath={range .status.loadBalancer' <<<' lb.example.com'
  apply --only member --from 40-remote --timeout 1
  grep -E -- '--set values.global.remotePilotAddress=lb.example.com$' "$RECORD"
}

@test 'an address that the plan does not expect is refused' {
  sed -i $'/\tafter\thost\tservice\t/s/\taddress\t[^\t]*\t/\taddress\t198\\\\.51\\\\.100\\\\.7\t/' "$directory/gates.tsv"
  sum_up
  apply --timeout 1
  [ "$status" -eq 4 ]
  [[ "$output" == *'should say (address) 198\.51\.100\.7, and says: 203.0.113.10'* ]]
}

@test 'nothing raw of a server reaches the terminal' {
  raw=$'\e]0;title\a \e[31mred \x9b31m \u009b31m \u202e \u200b \u2028 \x7f \r \x80'
  for part in 'namespace/kube-system' ' get configmap' ' config view' 'deployment.apps/istiod' 'kubefedcluster' ' apply ' 'istioctl install' \
    'create-remote-secret --context' 'remote-clusters --context' ' create --filename' 'istioctl version' ' get --namespace=kube-system lease'; do
    for code in 0 1; do
      rm -rf "$WORLD"/*.0 "$WORLD"/*.1 "$WORLD/leases"
      answer "$part" "$code" <<<"$raw"
      apply --timeout 1
      shows_nothing_raw
    done
  done
}

@test 'a record and a lease of a hostile server are shown, bounded and harmless' {
  mkdir -p "$WORLD/leases"
  printf "holderIdentity: '%s', acquireTime: '\$(touch PWNED)'" "$(printf '\e[2J%.0s' {1..5000})" >"$WORLD/leases/host"
  apply
  [ "$status" -eq 5 ]
  shows_nothing_raw
  [ "${#output}" -lt 3000 ]
}

@test 'an answer of megabytes ends the question, not the machine' {
  yes 'demo/host' | head -c 3000000 | says 'context=host --request-timeout=30s get configmap'
  apply --timeout 1
  [ "$status" -eq 1 ]
  refute changes
}

@test 'a flood from a program is cut, and does not end the program' {
  { head -c 1000000 /dev/zero | tr '\0' 'a'; yes | head -c 1000000; } | answer ' apply ' 0
  apply --only member --from 70-workloads
  [ "$status" -eq 0 ]
  [ "${#output}" -lt 40000 ]
}

@test 'a credential plugin that hangs is ended together with the question' {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  printf '#!/usr/bin/env bash\nsleep 600 &\necho $! >>%q\nwait\n' "$BATS_TEST_TMPDIR/plugins" >"$BATS_TEST_TMPDIR/bin/kubectl"
  # A bound of a second in place of 40.
  printf '#!/usr/bin/env bash\nif [[ $2 == 40 ]]; then set -- "$1" 1 "${@:3}"; fi\nexec %q "$@"\n' "$(command -v timeout)" >"$BATS_TEST_TMPDIR/bin/timeout"
  chmod +x "$BATS_TEST_TMPDIR"/bin/*
  PATH="$BATS_TEST_TMPDIR/bin:$PATH" apply --only host --from 70-workloads
  [ "$status" -eq 1 ]
  sleep 2
  while read -r plugin; do refute kill -0 "$plugin" 2>/dev/null; done <"$BATS_TEST_TMPDIR/plugins"
}

@test 'a warning of a server beside its answer changes nothing' {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  printf '#!/usr/bin/env bash\necho "Warning: certificate expires" >&2\nexec %q "$@"\n' "$BATS_TEST_DIRNAME/support/bin/kubectl" >"$BATS_TEST_TMPDIR/bin/kubectl"
  chmod +x "$BATS_TEST_TMPDIR/bin/kubectl"
  PATH="$BATS_TEST_TMPDIR/bin:$PATH" apply
  [ "$status" -eq 0 ]
}

@test 'kubectl never reads what is meant for apply.sh' {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  printf '#!/usr/bin/env bash\nif [[ " $* " != *" --filename=- "* ]]; then cat >>%q; fi\nexec %q "$@"\n' \
    "$BATS_TEST_TMPDIR/eaten" "$BATS_TEST_DIRNAME/support/bin/kubectl" >"$BATS_TEST_TMPDIR/bin/kubectl"
  chmod +x "$BATS_TEST_TMPDIR/bin/kubectl"
  mapfile -t words < <(expecting)
  PATH="$BATS_TEST_TMPDIR/bin:$PATH" run "$directory/apply.sh" "${words[@]}" <<<'ours'
  [ "$status" -eq 0 ]
  [ ! -s "$BATS_TEST_TMPDIR/eaten" ]
}

@test 'killed at any call and run again, it completes; the lease that is left is named' {
  apply
  all=$(grep -c '' "$RECORD")
  for at in 3 9 12 14 17 22 30 "$((all - 1))"; do
    rm -rf "$WORLD/leases"
    : >"$RECORD"
    mapfile -t words < <(expecting)
    INTERRUPTION=KILL AT=$at run setsid --wait "$directory/apply.sh" "${words[@]}" </dev/null
    [ "$status" -ne 0 ]
    if [[ -n "$(leases)" ]]; then
      apply
      [ "$status" -eq 5 ]
      rm -r "$WORLD/leases"
    fi
    apply
    [ "$status" -eq 0 ]
  done
}

@test 'Ctrl-C and a kill in the middle let the leases go' {
  for signal in INT TERM; do
    : >"$RECORD"
    mapfile -t words < <(expecting)
    slow_install "$signal"
    run env --default-signal=INT setsid --wait "$directory/apply.sh" "${words[@]}" </dev/null
    [ "$status" -eq "$([[ $signal == INT ]] && echo 130 || echo 143)" ]
    [[ "$output" == *'go on with --from 20-control-plane'* ]]
    [ -z "$(leases)" ]
  done
}

# istioctl that is interrupted together with everything else.
slow_install() {
  mkdir -p "$BATS_TEST_TMPDIR/bin"
  cat >"$BATS_TEST_TMPDIR/bin/istioctl" <<TEXT
#!/usr/bin/env bash
if [[ \$1 == install ]]; then kill -s $1 0; sleep 1; fi
exec $(printf '%q' "$BATS_TEST_DIRNAME/support/bin/istioctl") "\$@"
TEXT
  chmod +x "$BATS_TEST_TMPDIR/bin/istioctl"
  PATH="$BATS_TEST_TMPDIR/bin:$PATH"
}

@test 'a step of another program is named with its command, and passed once its rows hold' {
  columns=$'kubefed\thelm\t-\tkubefed-install-engine\tkubefed\t0.10.0\thttps://mirror.example/charts\tmirror.example/kubefed:v0.10.0'
  sed -i "s|^10-foundation\thost|05-federation-control-plane\thost\thost\t-\tinstall-engine\t-\t-\t$columns\n&|" "$directory/plan.tsv"
  sum_up
  apply
  [ "$status" -eq 1 ]
  [[ "$output" == *'install-engine is no step of this script; take it with: npx mesh-federation apply --to 05-federation-control-plane'* ]]
  refute grep -F 'host/10-foundation' "$RECORD"
  row 05-federation-control-plane host install-engine after host deployment.apps kube-federation-system kubefed-controller-manager \
    '{.metadata.generation} {.status.observedGeneration} {.status.conditions[?(@.type=="Progressing")].reason}' same 'True NewReplicaSetAvailable' 300 'look at the pods' >>"$directory/gates.tsv"
  sum_up
  apply
  [ "$status" -eq 0 ]
  refute grep -E '^helm' "$RECORD"
}

@test 'helm gets values, versions and addresses as words of their own' {
  sed -i 's|^40-remote\tmember\tmember\t-\tistioctl-install.*|40-remote\tmember\tmember\t-\thelm-upgrade\tmember/40-remote/istiod.yaml\tinjector-available\t-\thelm\t-\thelm-upgrade\tistiod\tistio-system\tistiod\t1.31.4\toci://mirror.example/charts\tglobal.remotePilotAddress=gateway-address:host|' "$directory/plan.tsv"
  sum_up
  apply --from 40-remote --only member
  [ "$status" -eq 0 ]
  grep -F 'helm upgrade --install istiod oci://mirror.example/charts/istiod --version=1.31.4 --namespace=istio-system --kube-context=member' "$RECORD" |
    grep -F -- '--values=- --timeout=300s --set global.remotePilotAddress=203.0.113.10'
}

@test 'a remote secret goes through a pipe, and one that is gone is deleted' {
  apply --from 45-discovery --only host
  grep -F 'istioctl create-remote-secret --context=member --name=member' "$RECORD"
  sed -i 's|^45-discovery\thost\thost\t-\tremote-secret\t-\tregistry-synced|45-discovery\thost\thost\t-\tremote-secret-gone\t-\tregistry-gone|' "$directory/plan.tsv"
  sed -i 's|^45-discovery\thost\tremote-secret\tafter\(.*\)\tsome\t[^\t]*|45-discovery\thost\tremote-secret-gone\tafter\1\tnone\tmember( .*)?|' "$directory/gates.tsv"
  sum_up
  apply --from 45-discovery --only host --timeout 1
  [ "$status" -eq 4 ]
  says 'istioctl remote-clusters' <<<$'NAME SECRET STATUS ISTIOD\nhost - synced istiod'
  apply --from 45-discovery --only host --timeout 1
  [ "$status" -eq 0 ]
  grep -F 'delete secret/istio-remote-secret-member --namespace=istio-system --ignore-not-found' "$RECORD"
}

@test 'no variable leads helm to another server than its context' {
  mkdir bin
  printf '#!/bin/sh\nenv | grep ^HELM_ >"$SEEN"\n' >bin/helm
  chmod +x bin/helm
  sed -i 's|^40-remote\tmember\tmember\t-\tistioctl-install.*|40-remote\tmember\tmember\t-\thelm-upgrade\tmember/40-remote/istiod.yaml\tinjector-available\t-\thelm\t-\thelm-upgrade\tistiod\tistio-system\tistiod\t1.31.4\toci://mirror.example/charts|' "$directory/plan.tsv"
  sum_up
  PATH="$PWD/bin:$PATH" SEEN="$PWD/seen" HELM_KUBEAPISERVER=https://elsewhere HELM_KUBETOKEN=t HELM_CACHE_HOME=/c apply
  [ "$(cat seen)" = HELM_CACHE_HOME=/c ]
}
