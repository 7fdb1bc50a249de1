# shellcheck shell=bash
# The result of verify.sh: a table or JSON on stdout, problems on stderr.
# shellcheck source=state.sh
source "${BASH_SOURCE[0]%/*}/state.sh"

print_verdict() {
  if [[ $writes_json == true ]]; then print_json; else print_table; fi
  ((${#problems[@]} > 0)) || return 0
  if [[ $writes_json == false ]]; then
    local count="${#problems[@]} problems"
    say "error: ${count/#1 problems/1 problem}"
    printf '  %s\n' "${problems[@]}" >&2
  fi
  exit 1
}

print_table() {
  local row entry
  {
    echo $'client\tservice\tserving\tendpoint\tstate\tcalls'
    for row in "${!row_client[@]}"; do
      print_row "$row" "${row_serving[row]}" "${row_endpoint[row]}" "${row_state[row]}" "${row_calls[row]}"
    done
    for entry in "${unexpected[@]}"; do print_row "${entry%% *}" - "${entry#* }" unexpected -; done
  } | awk -F '\t' '
    { for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } }
    END {
      for (row = 1; row <= NR; row++) {
        line = ""
        for (i = 1; i <= NF; i++) line = line sprintf("%-" (width[i] + 2) "s", cell[row, i])
        sub(/ +$/, "", line)
        print line
      }
    }'
}

print_row() { printf '%s\t%s:%s\t%s\t%s\t%s\t%s\n' "${row_client[$1]}" "${row_host[$1]}" "${row_port[$1]}" "${@:2}"; }

print_json() {
  local row entry problem separator='' is_ok=true
  ((${#problems[@]} == 0)) || is_ok=false
  printf '{"ok":%s,"endpoints":[' "$is_ok"
  for row in "${!row_client[@]}"; do
    printf '%s' "$separator"
    print_json_row "$row" "${row_serving[row]}" "${row_endpoint[row]}" "${row_state[row]}" "${row_calls[row]}"
    separator=,
  done
  for entry in "${unexpected[@]}"; do
    printf '%s' "$separator"
    print_json_row "${entry%% *}" - "${entry#* }" unexpected -
    separator=,
  done
  printf '],"problems":['
  separator=''
  for problem in "${problems[@]}"; do
    printf '%s{"problem":%s,"fix":%s}' "$separator" "$(json_text "${problem%%$'\n    fix: '*}")" "$(json_text "${problem#*$'\n    fix: '}")"
    separator=,
  done
  printf ']}\n'
}

print_json_row() {
  local serving=null calls_taken=null
  if [[ $2 != - ]]; then serving=$(json_text "$2"); fi
  if [[ $5 != - ]]; then calls_taken=$5; fi
  printf '{"client":%s,"service":%s,"port":%s,"serving":%s,"endpoint":%s,"state":"%s","calls":%s}' "$(json_text "${row_client[$1]}")" \
    "$(json_text "${row_host[$1]}")" "${row_port[$1]}" "$serving" "$(json_text "$3")" "$4" "$calls_taken"
}

# A text escaped for JSON. Other control characters, which only another machine's answer may hold, are dropped.
json_text() {
  local text=${1//\\/\\\\}
  text=${text//\"/\\\"}
  text=${text//$'\n'/\\n}
  text=${text//$'\t'/\\t}
  printf '"%s"' "$(tr -d '\000-\037' <<<"$text")"
}
