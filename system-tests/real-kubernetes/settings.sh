# Sourced by the scripts beside it: where everything is, and how the processes of ours are begun and ended.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

die() { printf '%s\n' "$*" >&2; exit 1; }
say() { printf '\n== %s\n' "$*"; }

[ -n "${REAL_KUBERNETES:-}" ] || die "set REAL_KUBERNETES to the folder of the tool real-kubernetes, the one with up.sh in it"
[ -x "$REAL_KUBERNETES/up.sh" ] || die "REAL_KUBERNETES=$REAL_KUBERNETES has no up.sh in it"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# A built tree: the jars below its modules' target/quarkus-app are what is tested.
HEAPSTER=${HEAPSTER:-$(cd "$here/../.." && pwd)}
work=$(cd "$here/.." && pwd)/target/real-kubernetes
pki=${REAL_KUBERNETES_HOME:-/var/tmp/real-kubernetes}/run/pki
audit=${REAL_KUBERNETES_HOME:-/var/tmp/real-kubernetes}/run/node-1/log/audit.jsonl
address=10.99.0.10
model=http://$address:8082
secure=https://$address:8443
java_options=(-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
mkdir -p "$work"

k() { "$REAL_KUBERNETES/k" "$@"; }
on_node() { "$REAL_KUBERNETES/inc" node-1 "$@"; }
ask() { on_node curl -sS --max-time 10 "$@"; }

# until_true SECONDS COMMAND...: false when it did not come true in time.
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 1
  done
}

alive() { [ -f "$work/$1.pid" ] && kill -0 "$(cat "$work/$1.pid")" 2>/dev/null; }

# run NAME ACCOUNT MODULE FLAG...: a service of ours as a pod of that account would run it, on node-1's network.
run() {
  local name=$1 account=$2 module=$3
  local jar=$HEAPSTER/$module/target/quarkus-app/quarkus-run.jar
  shift 3
  [ -f "$jar" ] || die "$jar is missing: run ./mvnw -pl $module -am package -DskipTests in $HEAPSTER"
  "$REAL_KUBERNETES/with-service-account" --on-node "$account" kube-system \
    java "${java_options[@]}" -jar "$jar" "$@" >>"$work/$name.log" 2>&1 </dev/null &
  echo $! >"$work/$name.pid"
}

end() {
  if alive "$1"; then
    kill "$(cat "$work/$1.pid")"
    until_true 30 gone "$1" || die "$1 does not end: see $work/$1.log"
  fi
  rm -f "$work/$1.pid"
}

gone() { ! alive "$1"; }

start_model() {
  run model heapster-metrics model-service "--kafka=$(cat "$work/kafka")" --metric_resolution=10s \
    --port=8082 --secure_port=8443 "--tls_cert=$pki/heapster.crt" "--tls_key=$pki/heapster.key"
}

ready() { [ "$(ask -o /dev/null -w '%{http_code}' "$model/q/health/ready")" = 200 ]; }
