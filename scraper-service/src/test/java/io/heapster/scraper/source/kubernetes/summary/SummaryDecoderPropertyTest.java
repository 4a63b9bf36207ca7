package io.heapster.scraper.source.kubernetes.summary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heapster.scraper.source.ScrapeException;
import io.heapster.scraper.source.ScrapeException.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The decoder against Jackson's tree, over documents no kubelet ever sent. */
class SummaryDecoderPropertyTest {
    @Property(tries = 500)
    void agreesWithTheOracle(@ForAll long seed) throws JsonProcessingException {
        ObjectNode summary = new RandomSummary(seed).summary();
        byte[] document = (seed & 1) == 0
                ? Documents.JACKSON.writeValueAsBytes(summary)
                : Documents.JACKSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(summary);

        assertThat(RecordedSummaryTest.withTimes(Documents.decode(document)))
                .isEqualTo(SummaryOracle.values(Documents.tree(document)));
    }

    @Property(tries = 40)
    void everyTruncationIsADecodeFailure(@ForAll long seed) throws JsonProcessingException {
        byte[] document = Documents.JACKSON.writeValueAsBytes(new RandomSummary(seed).summary());
        SummaryDecoder decoder = new SummaryDecoder();
        int step = Math.max(1, document.length / 2000);
        for (int length = 0; length < document.length; length += step) {
            DecodeFailures.assertFails(decoder, Arrays.copyOf(document, length));
        }
    }

    @Property(tries = 2000)
    void garbageIsReadOrRefusedAndNothingElse(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        byte[] document = Documents.JACKSON.writeValueAsBytes(new RandomSummary(seed).summary());
        byte[] likely = "{}[],:\"\\0123456789eE+-.ntf \u00ff".getBytes(UTF_8);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            document[random.nextInt(document.length)] =
                    random.nextBoolean() ? likely[random.nextInt(likely.length)] : (byte) random.nextInt();
        }
        try {
            assertThat(new SummaryDecoder()
                            .decode(document, document.length, Documents.NODE, Documents.ANSWERED)
                            .entities())
                    .isNotEmpty();
        } catch (ScrapeException e) {
            assertThat(e.reason()).isEqualTo(Reason.DECODE);
        }
    }

    /** A summary in which every block and field may be there, missing, null or unknown, in any order. */
    private static final class RandomSummary {
        private static final String[] COUNTS = {
            "usageCoreNanoSeconds",
            "usageBytes",
            "workingSetBytes",
            "rssBytes",
            "availableBytes",
            "pageFaults",
            "majorPageFaults",
            "usedBytes",
            "capacityBytes",
            "inodes",
            "inodesFree",
            "inodesUsed",
            "rxBytes",
            "rxErrors",
            "txBytes",
            "txErrors",
            "swapUsageBytes",
            "swapAvailableBytes",
            "process_count",
            "usageNanoCores"
        };
        private static final String[] TEXTS = {"", "a", "web", "ä\"\\", "logger", "kube-system", "runtime", "\u0007\n"};

        private final Random random;

        RandomSummary(long seed) {
            random = new Random(seed);
        }

        ObjectNode summary() {
            ObjectNode summary = Documents.JACKSON.createObjectNode();
            unknown(summary);
            ObjectNode node = summary.putObject("node");
            entity(node);
            maybeFilesystem(node, "fs");
            ArrayNode system = node.putArray("systemContainers");
            for (int i = random.nextInt(4); i > 0; i--) {
                entity(system.addObject().put("name", name()));
            }
            unknown(summary);
            ArrayNode pods = summary.putArray("pods");
            for (int i = random.nextInt(6); i > 0; i--) {
                pod(pods.addObject());
            }
            return summary;
        }

        private void pod(ObjectNode pod) {
            entity(pod);
            pod.putObject("podRef").put("name", name()).put("namespace", name()).put("uid", name());
            ArrayNode containers = pod.putArray("containers");
            for (int i = random.nextInt(4); i > 0; i--) {
                ObjectNode container = containers.addObject();
                unknown(container);
                entity(container);
                container.put("name", name());
                maybeFilesystem(container, "rootfs");
                maybeFilesystem(container, "logs");
            }
            ArrayNode volumes = pod.putArray("volume");
            for (int i = random.nextInt(3); i > 0; i--) {
                counts(volumes.addObject().put("name", "v" + i));
            }
            maybeFilesystem(pod, "ephemeral-storage");
            unknown(pod);
        }

        private void entity(ObjectNode entity) {
            maybeTime(entity, "startTime");
            for (String block : new String[] {"cpu", "memory", "network", "io", "swap", "process_stats"}) {
                switch (random.nextInt(4)) {
                    case 0 -> entity.putNull(block);
                    case 1 -> {}
                    default -> block(entity.putObject(block));
                }
            }
        }

        private void block(ObjectNode block) {
            maybeTime(block, "time");
            counts(block);
            if (random.nextBoolean()) {
                ArrayNode interfaces = block.putArray("interfaces");
                for (int i = random.nextInt(3); i > 0; i--) {
                    counts(interfaces.addObject());
                }
            }
            if (random.nextBoolean()) {
                ObjectNode psi = block.putObject("psi");
                psi.putObject("some").put("total", count()).put("avg10", random.nextInt(10_000) / 100.0);
                psi.putObject("full").put("avg10", random.nextDouble() * 100).put("avg60", 3.5);
            }
            unknown(block);
        }

        private void maybeFilesystem(ObjectNode owner, String name) {
            if (random.nextInt(3) > 0) {
                counts(owner.putObject(name));
            }
        }

        private void counts(ObjectNode block) {
            for (String field : COUNTS) {
                switch (random.nextInt(5)) {
                    case 0 -> {}
                    case 1 -> block.putNull(field);
                    default -> block.put(field, count());
                }
            }
        }

        private long count() {
            return random.nextLong() >>> (4 + random.nextInt(60));
        }

        private void maybeTime(ObjectNode owner, String field) {
            switch (random.nextInt(4)) {
                case 0 -> owner.putNull(field);
                case 1 -> {}
                default ->
                    owner.put(
                            field,
                            Instant.ofEpochMilli(1_795_250_000_000L + random.nextInt(100_000_000))
                                    .toString());
            }
        }

        private void unknown(ObjectNode owner) {
            if (random.nextInt(3) == 0) {
                ObjectNode unknown = owner.putObject("x" + random.nextInt(100));
                unknown.putArray("a")
                        .add(1)
                        .add("}]\"\\")
                        .addNull()
                        .add(true)
                        .addObject()
                        .put("b", -1.5e-7);
                unknown.putObject("node").putArray("pods");
            }
        }

        private String name() {
            return random.nextInt(3) == 0 ? TEXTS[1 + random.nextInt(TEXTS.length - 1)] : "n" + random.nextInt(1000);
        }
    }
}
