# shellcheck shell=bash
# A part of the recorder: what healthy clusters answer to the questions of gates.tsv, and the leases that they keep.
# shellcheck disable=SC2154 # the recorder knows the `context` of the call, its `stdin` and what was `said`

case ${0##*/}$said in
  *' create --filename=- '*)
    lease=$WORLD/leases/$context && mkdir -p "$WORLD/leases"
    if [[ -e $lease ]]; then echo 'Error from server (AlreadyExists): leases "mesh-federation" already exists' >&2 && exit 1; fi
    printf '%s' "$stdin" >"$lease"
    exit
    ;;
  *' delete '*' lease.coordination.k8s.io/mesh-federation '*) rm -f "$WORLD/leases/$context"; exit ;;
  *' get '*' lease.coordination.k8s.io/mesh-federation '*)
    if ! text=$(cat "$WORLD/leases/$context" 2>/dev/null); then echo 'Error from server (NotFound)' >&2 && exit 1; fi
    time=${text##*acquireTime: \'} holder=${text##*holderIdentity: \'}
    if [[ $said == *holderIdentity* ]]; then printf '%s, since ' "${holder%%\'*}"; fi
    printf '%s' "${time%%\'*}"
    exit
    ;;
esac
# The questions of verify.sh.
case $said in
  *' get pods '*) printf 'sample helloworld-5b8-x2x4z 10.244.0.5\nsample sleep-7d4-k8w2q 10.244.0.9\n' && exit ;;
  *'(curl --silent '*)
    for ((call = 0; call < ${CALLS:-100}; call++)); do echo "200 Hello version: v$((call % 4 ? 2 : 1)), instance: helloworld"; done
    exit
    ;;
esac
# Each question of gates.tsv names its object in the first word of its own.
case $said in
  *'{.metadata.uid}'*) said=" get namespace kube-system $said" ;;
  *' get configmap '*) exit ;;
  *'{.metadata.name} '* | *'{.metadata.name}') named="${said#* get }" named=${named%% *} && printf '%s' "${named#*/}" && exit ;;
  *'"Progressing"'*) printf '3 3 True NewReplicaSetAvailable' && exit ;;
esac
