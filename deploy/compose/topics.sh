#!/bin/bash
# Makes those topics that are missing, as the services would themselves (contract's io.heapster.contract.bus.Topics), with
# Kafka's own tool. Topics that are there are left as they are.
set -euo pipefail

# topic NAME PARTITIONS RETENTION_MS: an eighth of the retention a segment, since only whole segments expire
topic() {
  /opt/kafka/bin/kafka-topics.sh --bootstrap-server "$KAFKA_BOOTSTRAP_SERVERS" --create --if-not-exists \
    --topic "$1" --partitions "$2" \
    --config cleanup.policy=delete --config compression.type=lz4 --config message.timestamp.type=CreateTime \
    --config retention.ms="$3" --config segment.ms="$(($3 / 8))"
}

topic heapster.samples 64 86400000
topic heapster.aggregates 1 86400000
topic heapster.events 12 86400000
topic heapster.dead-letters 4 604800000
