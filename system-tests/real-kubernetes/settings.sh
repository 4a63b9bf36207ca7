# Sourced by the scripts beside it: where everything is, and how the processes of ours are begun and ended.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

die() { printf '%s\n' "$*" >&2; exit 1; }
say() { printf '\n== %s\n' "$*"; }

[ -n "${REAL_KUBERNETES:-}" ] || die "set REAL_KUBERNETES to the folder of the tool real-kubernetes, the one with up.sh in it"
[ -x "$REAL_KUBERNETES/up.sh" ] || die "REAL_KUBERNETES=$REAL_KUBERNETES has no up.sh in it"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
# A built tree: the jars below its modules' target/quarkus-app are what is tested.
HEAPSTER=${HEAPSTER:-$root}
work=$root/system-tests/target/real-kubernetes
pki=${REAL_KUBERNETES_HOME:-/var/tmp/real-kubernetes}/run/pki
audit=${REAL_KUBERNETES_HOME:-/var/tmp/real-kubernetes}/run/node-1/log/audit.jsonl
namespace=heapster
resolution=10
address=10.99.0.10
kafka=127.0.0.1:9092
influxdb=http://127.0.0.1:8086
scraper=http://$address:8081
model=http://$address:8082
sink=http://$address:8083
java_options=(-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1)
mkdir -p "$work"

k() { "$REAL_KUBERNETES/k" "$@"; }
on_node() { "$REAL_KUBERNETES/inc" node-1 "$@"; }
ask() { on_node curl -sS --max-time 10 "$@"; }

# The manifests, by a kubectl that knows components (1.22 or later); the tool's own is older.
build() {
  kubectl kustomize "$1" 2>"$work/kustomize.log" ||
    die "kubectl kustomize $1: $(tail -n 3 "$work/kustomize.log") (a kubectl of 1.22 or later is needed on the PATH)"
}

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
gone() { ! alive "$1"; }

# begin NAME COMMAND...
begin() {
  local name=$1
  shift
  "$@" >>"$work/$name.log" 2>&1 </dev/null &
  echo $! >"$work/$name.pid"
}

end() {
  if alive "$1"; then
    kill "$(cat "$work/$1.pid")"
    until_true 30 gone "$1" || die "$1 does not end: see $work/$1.log"
  fi
  rm -f "$work/$1.pid"
}

# java_of MODULE: the command that runs it.
java_of() {
  local jar=$HEAPSTER/$1/target/quarkus-app/quarkus-run.jar
  [ -f "$jar" ] || die "$jar is missing: run ./mvnw -pl $1 -am package -DskipTests in $HEAPSTER"
  command=(java "${java_options[@]}" -jar "$jar")
}

# shipped NAME: the arguments that the manifests give the container.
shipped() {
  local argument
  arguments=()
  while read -r argument; do arguments+=("$argument"); done < <(
    k get deployment -n "$namespace" "heapster-$1" -o go-template='{{range (index .spec.template.spec.containers 0).args}}{{println .}}{{end}}' |
      grep -v '^$')
  [ ${#arguments[@]} -gt 0 ] || die "deployment heapster-$1 has no arguments"
}

# as_pod NAME COMMAND...: the command as a pod of that service's would run it, on node-1's network, with the variables that the
# settings' ConfigMap gives it. An account whose token the manifests do not mount has none here.
as_pod() {
  local name=$1 way=("$REAL_KUBERNETES/inc" node-1 env -u KUBECONFIG unshare --mount)
  shift
  if [ "$(k get deployment -n "$namespace" "heapster-$name" -o jsonpath='{.spec.template.spec.automountServiceAccountToken}')" = true ]; then
    way=("$REAL_KUBERNETES/with-service-account" --on-node "heapster-$name" "$namespace")
  fi
  begin "$name" "${way[@]}" env "KAFKA_BOOTSTRAP_SERVERS=$kafka" "HEAPSTER_METRIC_RESOLUTION=${resolution}s" \
    "$here/container.sh" "$@"
}

start_broker() {
  begin broker "$REAL_KUBERNETES/inc" node-1 java "${java_options[@]}" \
    -cp "$HEAPSTER/standalone/target/quarkus-app/lib/boot/*:$HEAPSTER/standalone/target/quarkus-app/lib/main/*" io.heapster.kafka.EmbeddedKafka "$work/kafka" "${kafka#*:}"
  until_true 60 grep -q "^$kafka" "$work/broker.log" || die "no broker: see $work/broker.log"
}

# Values given twice: the last one counts, so what is added here stands in for files and addresses that only a pod has.
start_scraper() {
  shipped scraper
  java_of scraper-service
  as_pod scraper "${command[@]}" "${arguments[@]}"
}

start_model() {
  shipped model
  java_of model-service
  k get secret -n "$namespace" heapster-model-tls -o go-template='{{index .data "tls.crt" | base64decode}}' >"$work/tls.crt"
  k get secret -n "$namespace" heapster-model-tls -o go-template='{{index .data "tls.key" | base64decode}}' >"$work/tls.key"
  chmod 644 "$work/tls.crt" "$work/tls.key"
  as_pod model "${command[@]}" "${arguments[@]}" "--model_resolution=${resolution}s" "--tls_cert=$work/tls.crt" "--tls_key=$work/tls.key"
}

start_sink() {
  shipped sink
  java_of sink-service
  as_pod sink "${command[@]}" "${arguments[@]}" "--sink=influxdb:$influxdb?db=k8s&version=1"
}

influx_program() {
  type -P influxd || find "${HOME}/.cache/heapster-tests/influxdb" -name influxd -type f 2>/dev/null | head -n 1
}

start_influxdb() {
  local program
  program=$(influx_program)
  [ -n "$program" ] || die "no influxd: install Debian's influxdb, or run the tests of sink-service, which unpack it"
  mkdir -p "$work/influxdb"
  sed -e "s#/var/lib/influxdb#$work/influxdb#" "$root/deploy/kubernetes/components/influxdb/influxdb.conf" >"$work/influxdb.conf"
  begin influxdb "$REAL_KUBERNETES/inc" node-1 "$program" run -config "$work/influxdb.conf"
  until_true 60 ask -f -o /dev/null "$influxdb/ping" || die "no InfluxDB: see $work/influxdb.log"
}

ready() { ask -f -o /dev/null "$model/q/health/ready"; }
