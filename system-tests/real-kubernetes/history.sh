#!/bin/bash
# history.sh MODEL START END: every series of every entity between two instants, one a line: path and answer. Run by
# kill.sh in the node's network.
set -euo pipefail
model=$1/api/v1/model range="start=$2&end=$3"
names() { curl -sS "$model/$1" | grep -o '"[^"]*"' | tr -d '"' || true; }
entity() {
  local metric answer
  for metric in $(names "${1}metrics/"); do
    answer=$(curl -sS "$model/${1}metrics/$metric?$range" | tr -d '\n ')
    # Names are those of the whole window, so some have no point between the two instants.
    [[ $answer == *'"metrics":[]'* ]] || printf '%s %s\n' "$1$metric" "$answer"
  done
}
entity ''
for node in $(names nodes/); do
  entity "nodes/$node/"
done
for namespace in $(names namespaces/); do
  entity "namespaces/$namespace/"
  for pod in $(names "namespaces/$namespace/pods/"); do
    entity "namespaces/$namespace/pods/$pod/"
    for container in $(names "namespaces/$namespace/pods/$pod/containers/"); do
      entity "namespaces/$namespace/pods/$pod/containers/$container/"
    done
  done
done
