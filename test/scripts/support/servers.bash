# shellcheck shell=bash
# A part of the recorder: servers that keep what they are told in $SERVERS, a file for each object, named after the context.
# shellcheck disable=SC2154 # the recorder knows the `context` of the call and what was `said`

# Writes a file in one piece, as a server would.
keep() {
  cat >"$SERVERS/.$1.$$"
  mv "$SERVERS/.$1.$$" "$SERVERS/$1"
}

is_kept() { [[ -e $SERVERS/$context.$1 ]]; }

case ${0##*/}$said in
  *' create configmap '*' --dry-run=client '*)
    # The script asks for the keys with one character between them.
    printf 'record\n%s' "$(cat)"
    for key in commands.tsv created.tsv progress cluster clusters.tsv; do
      for word in "$@"; do
        if [[ $word == --from-literal=$key=* ]]; then printf '\x1f%s' "${word#*=*=}"; fi
      done
    done
    exit
    ;;
  *' create secret '*' --dry-run=client '*) echo cacerts; exit ;;
  'istioctl create-remote-secret --context'*) echo "remote-secret-$context"; exit ;;
  *' apply '*' --filename=- '*)
    IFS= read -r name
    cat | keep "$context.$name"
    ;;
  *' apply '*' --kustomize='*)
    for word in "$@"; do
      if [[ $word == --kustomize=* ]]; then keep "$context.${word##*/}" </dev/null; fi
    done
    ;;
  *' api-resources '*)
    cat "${BASH_SOURCE[0]%/*}/api-resources.txt"
    if is_kept istio; then
      printf '%-29s%-18s%-31s%-13s%s\n' gateways gw networking.istio.io/v1 true Gateway \
        virtualservices vs networking.istio.io/v1 true VirtualService
    fi
    exit
    ;;
  'istioctl install '*) keep "$context.istio" </dev/null ;;
  *' delete '*)
    for word in "$@"; do
      if [[ $word == */* ]]; then rm -f "$SERVERS/$context.${word//\//.}"; fi
    done
    ;;
  *' get configmap/mesh-federation-'*'{.metadata.name}'*)
    # A record of an earlier version has no last key.
    if is_kept record; then
      text=$(cat "$SERVERS/$context.record")
      if [[ $text != *$'\x1f'* ]]; then text=''; fi
      printf 'mesh-federation-demo\n%s' "${text##*$'\x1f'}"
    fi
    exit
    ;;
  *' get configmap/mesh-federation-'*) if is_kept record; then cat "$SERVERS/$context.record"; fi; exit ;;
  *' get service/istio-'*' --ignore-not-found '*)
    if ! is_kept 30-gateways && ! is_kept 50-remote-gateways; then exit; fi
    ;;
  *' get secret cacerts --output=name '*) if ! is_kept cacerts; then exit 1; fi ;;
  *' get service/istiod '* | *' get mutatingwebhookconfiguration/'*) if ! is_kept istio; then exit; fi ;;
esac
