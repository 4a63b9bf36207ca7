package io.heapster.sink.influxdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.event.EventRecord;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.TestBatches;
import io.heapster.sink.spi.TestEvents;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventEncoderTest {
    private static final EventRecord EVENT = TestEvents.of("u-1", 5, "Back-off \"app\"");

    private static String lines(String options, EventRecord... events) {
        return new EventEncoder(InfluxDbOptions.of(ComponentUri.parse("influxdb:?" + options, Map.of())))
                .encode(List.of(events))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"schema=v0", "schema=v1", "schema=v0&avoidColumns=true", "tags=labels"})
    void theJsonIsTheValueAsHeapsterHadIt(String options) {
        assertThat(lines(options, EVENT))
                .startsWith(
                        "log/events,cluster_name=default,hostname=node-1,pod_id=uid-web,pod_name=web,uid=u-1 value=\"{")
                .contains("\\\"kind\\\":\\\"Event\\\"")
                .endsWith("}\" " + (TestBatches.TICK + 300_000) + "000000\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void withFieldsTheMessageIsTheFieldAndTheRestAreTags() {
        assertThat(lines("withfields=true&cluster_name=c1", EVENT))
                .isEqualTo("events,cluster_name=c1,component=kubelet,hostname=node-1,kind=Pod,namespace_name=shop,"
                        + "object_name=web,pod_id=uid-web,reason=BackOff,type=Warning,uid=u-1"
                        + " message=\"Back-off \\\"app\\\"\" " + (TestBatches.TICK + 300_000) + "000000\n");
    }

    @Test
    void withTheUidAsAFieldEventsOfOneSecondAreToldApartByWhatStandsBehindIt() {
        EventRecord[] events = new EventRecord[1_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = TestEvents.of("u-" + i, 7 + i, "m", TestBatches.TICK);
        }
        String lines = lines("fields=uid,pod_id", events);

        assertThat(lines)
                .startsWith(
                        "log/events,cluster_name=default,hostname=node-1,pod_name=web pod_id=\"uid-web\",uid=\"u-0\",value=\"{");
        assertThat(lines).contains("\" " + TestBatches.TICK / 1_000);
        Set<String> times = new HashSet<>();
        lines.lines().forEach(line -> times.add(line.substring(line.lastIndexOf(' '))));
        assertThat(times).hasSize(1_000);
        assertThat(lines("fields=uid,pod_id", events)).isEqualTo(lines);
    }

    @Test
    void theParameterNamesNanosecondsAsEachGenerationDoes() {
        InfluxDbOptions options = InfluxDbOptions.of(ComponentUri.parse("influxdb:", Map.of()));
        assertThat(new Destination(Generation.V1, "default").uri(options, Precision.NANOSECONDS))
                .hasToString("http://localhost:8086/write?db=k8s&rp=default&precision=ns");
        assertThat(new Destination(Generation.V2, "").uri(options, Precision.NANOSECONDS))
                .hasToString("http://localhost:8086/api/v2/write?org=&bucket=k8s&precision=ns");
        assertThat(new Destination(Generation.V3, "").uri(options, Precision.NANOSECONDS))
                .hasToString("http://localhost:8086/api/v3/write_lp?db=k8s&precision=nanosecond");
    }
}
