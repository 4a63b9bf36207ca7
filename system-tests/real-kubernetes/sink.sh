#!/bin/bash
# sink.sh: every running pod is in InfluxDB, with as many points of its processor time as the model has ticks, and so are
# events. Needs start.sh, some time ago.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

query() { ask -G "$influxdb/query" --data-urlencode db=k8s --data-urlencode "q=$1"; }
column() { jq -r '.results[0].series[]? | [(.tags.pod_name // .name), .values[0][1]] | @tsv'; }

k get pods -A --field-selector=status.phase=Running \
  -o go-template='{{range .items}}{{$pod := .}}{{range .status.conditions}}{{if and (eq .type "Ready") (eq .status "True")}}{{println $pod.metadata.name}}{{end}}{{end}}{{end}}' |
  grep . | sort >"$work/ready-pods"
query 'SELECT count(value) FROM "cpu/usage_ns_cumulative" WHERE type = '"'pod_container'"' GROUP BY pod_name' | column | sort >"$work/pods-in-influxdb"
say "points of cpu/usage_ns_cumulative by pod, all its containers"
cat "$work/pods-in-influxdb"
missing=$(cut -f 1 "$work/pods-in-influxdb" | comm -23 "$work/ready-pods" -)
[ -z "$missing" ] || die "not in InfluxDB: $missing"
say "events"
query 'SELECT count(value) FROM "log/events"' | column
say "the sink itself"
ask "$sink/api/v1/sinks" | jq -c '.[] | {name, state, delaySeconds, points, events}'
[ "$(ask "$sink/q/metrics" | sed -n 's/^heapster_sink_dead_letters_total.* \([0-9.]*\)$/\1/p' | awk '{ s += $1 } END { print s + 0 }')" = 0 ] ||
  die "there are dead letters"
