/** The whole pipeline: services as processes of their own, a real Kafka and a real InfluxDB between and behind them. */
@org.jspecify.annotations.NullMarked
package io.heapster.pipeline;
