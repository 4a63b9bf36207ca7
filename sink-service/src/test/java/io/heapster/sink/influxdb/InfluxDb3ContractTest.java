package io.heapster.sink.influxdb;

class InfluxDb3ContractTest extends NewerInfluxDbContract {
    InfluxDb3ContractTest() {
        super(Generation.V3, "db=metrics");
    }
}
