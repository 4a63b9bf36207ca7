package io.heapster.sink.influxdb;

class InfluxDbV1ContractIT extends InfluxDbContract {
    InfluxDbV1ContractIT() {
        super("v1");
    }
}
