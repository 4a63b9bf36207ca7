package io.heapster.sink.influxdb;

class InfluxDb2ContractTest extends NewerInfluxDbContract {
    InfluxDb2ContractTest() {
        super(Generation.V2, "org=acme&bucket=metrics");
    }
}
