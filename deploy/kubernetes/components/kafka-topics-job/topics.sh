#!/bin/bash
# Makes those topics that are missing. Replication is the broker's default.replication.factor.
set -euo pipefail
{
  echo "security.protocol=${KAFKA_SECURITY_PROTOCOL:-PLAINTEXT}"
  [ -z "${KAFKA_SASL_MECHANISM:-}" ] || echo "sasl.mechanism=$KAFKA_SASL_MECHANISM"
  [ -z "${KAFKA_SASL_JAAS_CONFIG:-}" ] || echo "sasl.jaas.config=$KAFKA_SASL_JAAS_CONFIG"
  [ -z "${KAFKA_SSL_TRUSTSTORE_TYPE:-}" ] || echo "ssl.truststore.type=$KAFKA_SSL_TRUSTSTORE_TYPE"
  [ -z "${KAFKA_SSL_TRUSTSTORE_LOCATION:-}" ] || echo "ssl.truststore.location=$KAFKA_SSL_TRUSTSTORE_LOCATION"
} >/tmp/client.properties

# topic NAME PARTITIONS RETENTION_MS SEGMENT_MS
topic() {
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --command-config /tmp/client.properties \
    --create --if-not-exists --topic "$1" --partitions "$2" \
    --config cleanup.policy=delete --config compression.type=lz4 --config message.timestamp.type=CreateTime \
    --config retention.ms="$3" --config segment.ms="$4"
}

topic heapster.samples 64 86400000 10800000
topic heapster.aggregates 1 86400000 10800000
topic heapster.events 12 86400000 10800000
topic heapster.dead-letters 4 604800000 75600000
