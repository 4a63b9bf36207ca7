#!/bin/bash
# kill.sh: ends the model with kill -9 while it is asked for all it has, starts it again, and compares its history with
# what it was. Needs start.sh.
# shellcheck source=settings.sh
. "$(dirname "${BASH_SOURCE[0]}")/settings.sh"

series_between() { on_node "$here/history.sh" "$model" "$@"; }
pids=()
clients() {
  for _ in 1 2 3 4; do
    # Not by on_node: its process would be a shell of this script's, and to end that would leave the loop alive.
    "$REAL_KUBERNETES/inc" node-1 bash -c 'while true; do curl -s -o /dev/null --max-time 2 "$0" || sleep 0.1; done' \
      "$model/api/v1/model/namespaces/shop/pods/caller/metrics/cpu/usage_rate" >/dev/null 2>&1 &
    pids+=($!)
  done
}
end_clients() {
  [ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null || true
  pids=()
}

from=$(date -u -d '-10 minutes' +%FT%TZ)
# Until then all is merged to the model's resolution, and all late nodes are there.
to=$(date -u -d '-90 seconds' +%FT%TZ)
series_between "$from" "$to" >"$work/before"
[ -s "$work/before" ] || die "there is no history yet: start.sh has to be some minutes ago"
say "$(wc -l <"$work/before") series, $(grep -o timestamp <"$work/before" | wc -l) points between $from and $to"
trap end_clients EXIT
clients
sleep 5
say "kill -9"
killed=$(date +%s)
kill -9 "$(cat "$work/model.pid")"
until_true 10 gone model || die "the model lives on"
sleep 25
say "start again, with the clients asking"
begun=$(date +%s%N)
start_model
until_true 120 ready || die "the model is not ready: see $work/model.log"
say "ready $((($(date +%s%N) - begun) / 1000000)) ms after its start"
end_clients
series_between "$from" "$to" >"$work/after"
if ! diff "$work/before" "$work/after" >"$work/difference"; then
  head -c 2000 "$work/difference"
  die "the history is another one: see $work/difference"
fi
say "the same $(wc -l <"$work/after") series, value by value"
sleep 15
dead=$(ask "$model/api/v1/model/nodes/node-1/metrics/cpu/usage_rate?start=$(date -u -d "@$killed" +%FT%TZ)&end=$(date -u -d "@$((killed + 25))" +%FT%TZ)" |
  grep -c timestamp || true)
say "and $dead ticks of the 25 s in which it was dead"
[ "$dead" -ge 2 ] || die "ticks are missing"
