package io.heapster.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.metric.MetricType;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.metric.ValueType;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SampleBatchRoundTripTest {
    private static final long TICK = 1_795_257_000_000L;
    private static final NodeKey NODE = new NodeKey("default", "node-1");

    private final SampleBatchEncoder encoder = new SampleBatchEncoder();
    private final SampleBatchDecoder decoder = new SampleBatchDecoder();

    @Property(tries = 300)
    void anyBatchComesBackAsItWas(@ForAll long seed) throws MalformedBatchException {
        SampleBatch batch = randomBatch(new Random(seed));

        assertThat(text(decoder.decode(encoder.encode(batch)))).isEqualTo(text(batch));
    }

    @Property(tries = 300)
    void brokenBytesAreRefusedAndNothingElseHappens(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = encoder.encode(randomBatch(random));
        for (int i = 0; i <= random.nextInt(5); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));

        try {
            assertThat(decoder.decode(cut).tickMillis()).isPositive();
        } catch (MalformedBatchException refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void aFailedNodesRecordSaysWhy() throws MalformedBatchException {
        SampleBatch failed = SampleBatch.failed(NODE, TICK, 10_000, "timeout: no answer within 3s");

        SampleBatch decoded = decoder.decode(encoder.encode(failed));

        assertThat(decoded).isEqualTo(failed);
        assertThat(decoded.outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aContainerMayLackALabelOfItsPod() throws MalformedBatchException {
        Entity pod = new Entity(EntityType.POD, Labels.of(LabelKey.NODENAME, "n", LabelKey.POD_IP, "10.0.0.1"));
        Entity container = new Entity(EntityType.POD_CONTAINER, Labels.of(LabelKey.NODENAME, "n", "z", "1"));

        SampleBatch decoded =
                decoder.decode(encoder.encode(SampleBatch.ok(NODE, TICK, 10_000, List.of(pod, container))));

        assertThat(decoded.entities().get(1).labels()).isEqualTo(container.labels());
    }

    @Test
    void emptyBytesAreNoBatch() {
        assertThatThrownBy(() -> decoder.decode(new byte[0])).isInstanceOf(MalformedBatchException.class);
    }

    static SampleBatch randomBatch(Random random) {
        List<Entity> entities = new ArrayList<>();
        for (int i = 0; i < random.nextInt(12); i++) {
            entities.add(randomEntity(random));
        }
        return SampleBatch.ok(NODE, TICK + 1000L * random.nextInt(1000), 10_000, entities);
    }

    private static Entity randomEntity(Random random) {
        EntityType[] types = EntityType.values();
        Labels labels = Labels.EMPTY;
        for (int i = 0; i < random.nextInt(6); i++) {
            labels = labels.with("key" + random.nextInt(8), "välue " + random.nextInt(5));
        }
        Entity entity = new Entity(types[random.nextInt(types.length)], labels.with(LabelKey.HOSTNAME, "h"));
        if (random.nextBoolean()) {
            entity.started(TICK - random.nextInt());
            entity.measured(TICK + random.nextInt(60_000));
            entity.networkMeasured(TICK + random.nextInt(60_000));
        }
        fill(entity.samples(), random, random.nextInt(40));
        for (int i = 0; i < random.nextInt(3); i++) {
            fill(entity.resource(Labels.of(LabelKey.RESOURCE_ID, "disk" + i)), random, 1 + random.nextInt(5));
        }
        return entity;
    }

    private static void fill(Samples samples, Random random, int count) {
        List<Metric> metrics = new ArrayList<>(MetricCatalogue.declared());
        metrics.add(custom("custom/int", ValueType.INT64));
        metrics.add(custom("custom/double", ValueType.DOUBLE));
        for (int i = 0; i < count; i++) {
            Metric metric = metrics.remove(random.nextInt(metrics.size()));
            long bits = random.nextLong() >> random.nextInt(64);
            samples.append(
                    metric.id(), metric.isDouble() ? Double.doubleToRawLongBits(randomDouble(random, bits)) : bits);
        }
    }

    private static double randomDouble(Random random, long bits) {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -0.0;
            case 2 -> bits / 1000.0;
            case 3 -> random.nextGaussian() * 1e12;
            default -> random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
        };
    }

    private static Metric custom(String name, ValueType valueType) {
        return Objects.requireNonNull(MetricCatalogue.custom(name, MetricType.GAUGE, valueType));
    }

    /** Order of columns is not kept where doubles are exact, so samples are compared sorted. */
    private static String text(SampleBatch batch) {
        StringBuilder text = new StringBuilder(batch.cluster() + batch.node() + batch.tickMillis() + batch.outcome());
        for (Entity entity : batch.entities()) {
            text.append('\n').append(entity.type()).append(entity.labels());
            text.append(entity.startMillis()).append(',').append(entity.measuredMillis());
            text.append(',').append(entity.networkMeasuredMillis()).append(sorted(entity.samples()));
            entity.resources()
                    .forEach(resource -> text.append(resource.labels()).append(sorted(resource.samples())));
        }
        return text.toString();
    }

    private static List<String> sorted(Samples samples) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            texts.add(samples.metric(i) + "=" + Long.toHexString(samples.bits(i)));
        }
        texts.sort(null);
        return texts;
    }

    @Test
    void theWireFormKnowsEveryDeclaredMetric() throws MalformedBatchException {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "node-1"));
        MetricCatalogue.declared().forEach(metric -> node.samples().append(metric.id(), 0));

        SampleBatch decoded = decoder.decode(encoder.encode(SampleBatch.ok(NODE, TICK, 10_000, List.of(node))));

        assertThat(decoded.entities().get(0).samples().size())
                .isEqualTo(MetricCatalogue.declared().size());
        assertThat(decoded.entities().get(0).samples().longOr(Metrics.UPTIME, -1))
                .isZero();
    }
}
