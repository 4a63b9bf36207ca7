package io.heapster.scraper.source.kubernetes.summary;

import static io.heapster.scraper.source.kubernetes.summary.Documents.decode;
import static io.heapster.scraper.source.kubernetes.summary.Documents.entity;
import static io.heapster.scraper.source.kubernetes.summary.Documents.values;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.scraper.source.Reading;
import io.heapster.scraper.source.decode.Warnings;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryDecoderTest {
    private static String podWith(String fields) {
        return "{'node':{},'pods':[{'podRef':{'name':'p','namespace':'n','uid':'u'},%s}]}"
                .formatted(fields)
                .replace('\'', '"');
    }

    private static Reading container(String fields) {
        return decode(podWith("'containers':[{'name':'c',%s}]".formatted(fields)));
    }

    private static final String CONTAINER = "namespace:n/pod:p/container:c";
    private static final String POD = "namespace:n/pod:p";

    @Test
    void windowsWithoutRssFaultsAndNetworkErrorsHasWhatIsThere() {
        Reading reading = decode(Documents.resource("windows.json"));

        assertThat(reading.warnings()).isEmpty();
        assertThat(values(entity(reading, "node:node-1"))).doesNotContainKeys("memory/rss", "network/rx_errors");
        assertThat(values(entity(reading, "namespace:shop/pod:iis-0/container:iis")))
                .containsEntry("cpu/usage", 41_203_125_000L)
                .containsEntry("memory/working_set", 187_441_152L)
                .containsEntry("filesystem/usage{resource_id:/}", 0L)
                .doesNotContainKeys("memory/usage", "memory/page_faults", "ephemeral_storage/usage");
        assertThat(values(entity(reading, "namespace:shop/pod:iis-0")))
                .containsEntry("network/rx", 300L)
                .containsEntry("network/tx", 30L);
    }

    @Test
    void criWithNullsAndEmptyBlocksHasWhatIsThere() {
        Reading reading = decode(Documents.resource("cri-missing-blocks.json"));

        assertThat(reading.warnings()).isEmpty();
        assertThat(Documents.byKey(reading))
                .containsOnlyKeys(
                        "node:node-1",
                        "namespace:shop/pod:dead-1",
                        "namespace:shop/pod:dead-1/container:app",
                        "namespace:shop/pod:starting-1");
        assertThat(values(entity(reading, "namespace:shop/pod:dead-1/container:app")))
                .containsOnlyKeys("uptime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"node\":{}}", "{\"node\":{},\"pods\":null}", "{\"node\":null,\"pods\":[]}"})
    void aNodeWithoutPodsIsStillANode(String document) {
        Reading reading = decode(document);

        assertThat(reading.entities()).hasSize(1);
        assertThat(reading.entities().get(0).type()).isEqualTo(EntityType.NODE);
        assertThat(reading.entities().get(0).labels()).isEqualTo(Documents.NODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Forbidden",
                "[]",
                "{}",
                "null",
                "{\"kind\":\"Status\",\"code\":404}",
                "{\"node\":{}} x",
                "{\"node\":{}}{",
                "{\"node\":{},}",
                "{\"node\" {}}",
                "{\"node\":}",
                "{node:{}}",
                "{\"pods\":[{},]}",
                "{\"pods\":[{} {}]}",
                "{\"node\":{\"a\":tru}}",
                "{\"node\":{\"a\":[}]}}",
                "{\"node\":{\"a\":{]}}}",
                "{\"node\":{\"cpu\":{\"usageCoreNanoSeconds\":01}}}",
                "{\"node\":{\"cpu\":{\"usageCoreNanoSeconds\":1.}}}",
                "{\"node\":{\"cpu\":{\"usageCoreNanoSeconds\":1e}}}",
                "{\"node\":{\"cpu\":{\"usageCoreNanoSeconds\":-}}}",
                "{\"node\":{\"cpu\":{\"usageCoreNanoSeconds\":1x}}}",
                "{\"pods\":[{\"podRef\":{\"name\":\"\\u12\"}}]}",
                "{\"pods\":[{\"podRef\":{\"name\":\"\\x\"}}]}",
                "\u0000",
            })
    void whatIsNoSummaryIsADecodeFailure(String document) {
        DecodeFailures.assertFails(new SummaryDecoder(), document.getBytes(UTF_8));
    }

    @Test
    void nestingWithoutEndIsADecodeFailureAndNoStackOverflow() {
        String document = "{\"x\":" + "[".repeat(1_000_000);

        DecodeFailures.assertFails(new SummaryDecoder(), document.getBytes(UTF_8));
    }

    @Test
    void aWrongTypeCostsItsFieldOnly() {
        Reading reading = container("'cpu':{'time':17,'usageCoreNanoSeconds':'many'},"
                + "'memory':{'usageBytes':[1],'rssBytes':{},'workingSetBytes':7,'pageFaults':true},'rootfs':[],'logs':3,"
                + "'swap':'none'");

        assertThat(values(entity(reading, CONTAINER))).containsOnlyKeys("memory/working_set");
        assertThat(reading.warnings())
                .containsExactlyInAnyOrder(
                        "wrong_type: time",
                        "wrong_type: usageCoreNanoSeconds",
                        "wrong_type: usageBytes",
                        "wrong_type: rssBytes",
                        "wrong_type: pageFaults",
                        "wrong_type: rootfs",
                        "wrong_type: logs",
                        "wrong_type: swap");
    }

    @Test
    void warningsOfOneDocumentAreBounded() {
        StringBuilder metrics = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            metrics.append(i == 0 ? "" : ",").append("{'name':'m").append(i).append("','type':'odd','value':1}");
        }

        Reading reading = container("'userDefinedMetrics':[" + metrics + "]");

        assertThat(reading.warnings()).hasSize(Warnings.LIMIT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "1.5", "18446744073709551615", "1e400", "9223372036854775808", "1E-3", "1e99999999999"})
    void aNumberThatIsNoCountCostsItself(String number) {
        Reading reading = container("'cpu':{'usageCoreNanoSeconds':" + number + "},'memory':{'usageBytes':1}");

        assertThat(values(entity(reading, CONTAINER))).containsOnlyKeys("memory/usage");
        assertThat(reading.warnings()).containsExactly("out_of_range: usageCoreNanoSeconds");
    }

    @Test
    void numbersInAnySpellingAreRead() {
        Reading reading = container("'cpu':{'usageCoreNanoSeconds':9223372036854775807,"
                + "'psi':{'some':{'total':1.5e3,'avg10':12.25},'full':{'total':100E-1,'avg10':1e1}}}");

        assertThat(values(entity(reading, CONTAINER)))
                .containsEntry("cpu/usage", Long.MAX_VALUE)
                .containsEntry("cpu/psi_some", 1500L)
                .containsEntry("cpu/psi_full", 10L)
                .containsEntry("cpu/psi_some_avg10", 12.25)
                .containsEntry("cpu/psi_full_avg10", 10.0);
    }

    @Test
    void fieldsMayComeInAnyOrderAndTwice() {
        Reading reading = decode(("{'pods':[{'containers':[{'cpu':{'usageCoreNanoSeconds':1,'usageCoreNanoSeconds':2},"
                        + "'name':'c'}],'podRef':{'uid':'u','namespace':'n','name':'p'}}],"
                        + "'node':{'memory':{'rssBytes':5},'cpu':{'usageCoreNanoSeconds':3}}}")
                .replace('\'', '"'));

        assertThat(reading.entities()).extracting(Entity::key).containsExactly("node:node-1", POD, CONTAINER);
        assertThat(values(entity(reading, CONTAINER))).containsEntry("cpu/usage", 2L);
    }

    @Test
    void escapesAndUnicodeAreRead() {
        Reading reading = decode(podWith(
                "'volume':[{'\\u006eame':'a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\ud83d\\ude00ö'," + "'usedBytes':1}]"));

        assertThat(values(entity(reading, POD)))
                .containsOnlyKeys("filesystem/usage{resource_id:Volume:a\"\\/\b\f\n\r\tä😀ö}");
    }

    @Test
    void startTimesBeforeAnyClusterAreNone() {
        Reading reading = container("'startTime':'0001-01-01T00:00:00Z','cpu':{'time':'1970-01-01T00:00:00Z'}");

        assertThat(entity(reading, CONTAINER).startMillis()).isZero();
        assertThat(entity(reading, CONTAINER).measuredMillis()).isZero();
        assertThat(values(entity(reading, CONTAINER))).isEmpty();
        assertThat(reading.warnings())
                .containsExactlyInAnyOrder("implausible_time: startTime", "implausible_time: time");
    }

    @Test
    void uptimeCountsToTheMeasuringTimeElseToTheAnswer() {
        Reading measured = container("'startTime':'2026-11-21T08:00:00Z','memory':{'time':'2026-11-21T08:00:01.5Z'}");
        Reading unmeasured = container("'startTime':'2026-11-21T08:00:00Z'");
        Reading early = container("'startTime':'2026-11-21T08:00:00Z','cpu':{'time':'2026-11-21T07:59:59Z'}");

        assertThat(values(entity(measured, CONTAINER))).containsEntry("uptime", 1500L);
        assertThat(values(entity(unmeasured, CONTAINER)))
                .containsEntry(
                        "uptime",
                        Documents.ANSWERED
                                - Instant.parse("2026-11-21T08:00:00Z").toEpochMilli());
        assertThat(entity(unmeasured, CONTAINER).measuredMillis()).isZero();
        assertThat(values(entity(early, CONTAINER))).doesNotContainKey("uptime");
    }

    @Test
    void theNetworkKeepsItsOwnTime() {
        Reading reading = decode(
                podWith(
                        "'cpu':{'time':'2026-11-21T08:00:05Z'},"
                                + "'network':{'time':'2026-11-21T08:00:01Z','rxBytes':1,'interfaces':[{'rxBytes':1,'txBytes':2},{'txBytes':3}]}"));

        Entity pod = entity(reading, POD);
        assertThat(pod.measuredMillis() - pod.networkMeasuredMillis()).isEqualTo(4000);
        assertThat(values(pod)).containsEntry("network/rx", 1L).containsEntry("network/tx", 5L);
    }

    @Test
    void ofTwoPodsOfOneNameTheLaterOneCounts() {
        String pod = "{'podRef':{'name':'p','namespace':'n','uid':'%s'},'startTime':'2026-11-21T08:00:0%dZ',"
                + "'containers':[{'name':'%s','cpu':{'usageCoreNanoSeconds':1}}]}";
        String document = "{'pods':[%s,%s,%s]}"
                .formatted(pod.formatted("b", 2, "x"), pod.formatted("c", 3, "c"), pod.formatted("a", 1, "y"))
                .replace('\'', '"');

        Reading reading = decode(document);

        assertThat(reading.entities()).extracting(Entity::key).containsExactly("node:node-1", POD, CONTAINER);
        assertThat(entity(reading, POD).label("pod_id")).isEqualTo("c");
    }

    @Test
    void whatHasNoNameIsLeftOutWithAWarning() {
        Reading reading = decode(("{'pods':[{'podRef':{'name':'p'}},{'podRef':null},"
                        + "{'podRef':{'name':'p','namespace':'n'},'containers':[{},{'name':null}],'volume':[{'usedBytes':1}]},"
                        + "17,null]}")
                .replace('\'', '"'));

        assertThat(reading.entities()).extracting(Entity::key).containsExactly("node:node-1", POD);
        assertThat(reading.warnings()).contains("no_name: pod", "no_name: container", "no_name: volume");
    }

    @Test
    void acceleratorsAndCustomMetricsAreRead() {
        Reading reading = container("'accelerators':[{'make':'nvidia','model':'T4','id':'g0','memoryTotal':16,"
                + "'memoryUsed':8,'dutyCycle':50},{'make':'nvidia','model':'T4','id':'g1','memoryTotal':16}],"
                + "'userDefinedMetrics':[{'name':'qps','type':'gauge','units':'1/s','value':1.5},"
                + "{'name':'seen','type':'cumulative','value':7},{'name':'odd','type':'histogram','value':1}]");

        assertThat(values(entity(reading, CONTAINER)))
                .containsEntry("accelerator/memory_used{accelerator_id:g0,make:nvidia,model:T4}", 8L)
                .containsEntry("accelerator/memory_total{accelerator_id:g1,make:nvidia,model:T4}", 16L)
                .containsEntry("custom/qps", 1.5)
                .containsEntry("custom/seen", 7.0)
                .doesNotContainKey("custom/odd");
        assertThat(reading.warnings()).containsExactly("custom_metric: odd");
    }

    @Test
    void aDecoderForgetsTheDocumentBefore() throws Exception {
        SummaryDecoder decoder = new SummaryDecoder();
        byte[] full = Documents.resource("v1.36.2/stats-summary.1.json");
        byte[] small = podWith("'containers':[{'name':'c'}]").getBytes(UTF_8);
        decoder.decode(full, full.length, Documents.NODE, Documents.ANSWERED);

        Reading reading = decoder.decode(small, small.length, Documents.NODE, Documents.ANSWERED);

        assertThat(reading.entities()).hasSize(3).allSatisfy(entity -> assertThat(values(entity))
                .isEmpty());
    }
}
