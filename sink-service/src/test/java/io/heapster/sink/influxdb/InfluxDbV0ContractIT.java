package io.heapster.sink.influxdb;

class InfluxDbV0ContractIT extends InfluxDbContract {
    InfluxDbV0ContractIT() {
        super("v0");
    }
}
