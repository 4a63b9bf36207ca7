package io.heapster.sink.influxdb;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.MetricCatalogue;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.ResourceSamples;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.contract.uri.ComponentUri;
import io.heapster.sink.spi.Points;
import io.heapster.sink.spi.TextBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches as lines into one buffer that it keeps. A sample costs three copies and its digits, and no allocation.
 * Not safe for several threads: one encoder a thread.
 */
public final class LineEncoder {
    private static final byte[] NOTHING = {};

    /** What is the same in every line of a metric. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record MetricText(byte[] measurement, byte[] field, boolean isDouble, int decimals, boolean left) {}

    private final Schema schema;
    private final String cluster;
    private final boolean countersLeftOut;
    private final boolean labelsInName;
    private final TagCache cache;
    private final TextBuffer lines = new TextBuffer(1 << 20);
    private final TextBuffer timestamp = new TextBuffer(24);
    private final BitSet unsayable = new BitSet();
    private @Nullable MetricText[] metrics = new MetricText[MetricCatalogue.idBound()];
    private byte[] stamp = NOTHING;
    private long timeUnit = 1;
    private int lineCount;
    private int point;

    LineEncoder(InfluxDbOptions options) {
        this.schema = options.schema();
        this.cluster = options.clusterName();
        this.countersLeftOut = options.disableCounterMetrics();
        this.labelsInName = options.placement().inName();
        this.cache = new TagCache(schema, options.placement());
    }

    /** An encoder for the schema and options of a sink's URI. */
    public static LineEncoder of(ComponentUri uri) {
        return new LineEncoder(InfluxDbOptions.of(uri));
    }

    /** Replaces what was encoded before. */
    public void encode(List<SampleBatch> batches) {
        lines.truncate(0);
        unsayable.clear();
        lineCount = 0;
        point = 0;
        timeUnit = wholeSeconds(batches) ? 1_000 : 1;
        for (SampleBatch batch : batches) {
            encode(batch);
        }
    }

    private static boolean wholeSeconds(List<SampleBatch> batches) {
        for (SampleBatch batch : batches) {
            if (batch.tickMillis() % 1_000 != 0) {
                return false;
            }
        }
        return true;
    }

    private void encode(SampleBatch batch) {
        timestamp.truncate(0);
        stamp = timestamp
                .append(' ')
                .append(batch.tickMillis() / timeUnit)
                .append('\n')
                .toByteArray();
        String clusterName = cluster.isEmpty() ? batch.cluster() : cluster;
        for (Entity entity : batch.entities()) {
            TagCache.EntityTags tags = cache.tags(clusterName, entity.type(), entity.labels());
            encode(entity.samples(), tags.own(), tags.fields());
            List<ResourceSamples> resources = entity.resources();
            for (int i = 0; i < resources.size(); i++) {
                ResourceSamples resource = resources.get(i);
                encode(resource.samples(), tags.of(resource.labels()), tags.fields());
            }
        }
    }

    private void encode(Samples samples, byte[] tags, byte[] fields) {
        for (int i = 0; i < samples.size(); i++, point++) {
            MetricText metric = metric(samples.metricId(i));
            if (metric.left) {
                continue;
            }
            long bits = samples.bits(i);
            if (metric.isDouble && !Double.isFinite(Double.longBitsToDouble(bits))) {
                unsayable.set(point);
                continue;
            }
            lines.append(labelsInName ? tags : metric.measurement)
                    .append(labelsInName ? metric.measurement : tags)
                    .append(metric.field);
            if (metric.isDouble) {
                lines.append(Double.longBitsToDouble(bits), metric.decimals);
            } else {
                lines.append(bits).append('i');
            }
            lines.append(fields);
            lines.append(stamp);
            lineCount++;
        }
    }

    private MetricText metric(int id) {
        int row = id < MetricCatalogue.FIRST_CUSTOM_ID
                ? id
                : id - MetricCatalogue.FIRST_CUSTOM_ID + MetricCatalogue.idBound();
        if (row >= metrics.length) {
            metrics = Arrays.copyOf(metrics, row + 64);
        }
        MetricText text = metrics[row];
        if (text == null) {
            text = text(MetricCatalogue.require(id));
            metrics[row] = text;
        }
        return text;
    }

    private MetricText text(Metric metric) {
        return new MetricText(
                LineProtocol.measurement(
                        labelsInName ? schema.measurement(metric).replace('/', '_') : schema.measurement(metric)),
                LineProtocol.field(schema.field(metric)),
                metric.isDouble(),
                metric.decimals(),
                countersLeftOut && MetricCatalogue.rateOf(metric.id()) != null);
    }

    /** The lines of the last {@link #encode}. */
    public TextBuffer lines() {
        return lines;
    }

    public int lineCount() {
        return lineCount;
    }

    /** Numbers of the points no line can say: not a number, or infinite. */
    BitSet unsayable() {
        return unsayable;
    }

    /**
     * The numbers of the points that lines stand for.
     *
     * @param batches what was encoded last
     * @param chosen numbers of lines, the first being 0
     */
    BitSet pointsOf(BitSet chosen, List<SampleBatch> batches) {
        BitSet points = new BitSet();
        int line = 0;
        int[] ids = Points.metricIds(batches);
        for (int i = 0; i < ids.length; i++) {
            if (!unsayable.get(i) && !metric(ids[i]).left) {
                if (chosen.get(line)) {
                    points.set(i);
                }
                line++;
            }
        }
        return points;
    }

    /** Whether the timestamps are in seconds rather than in milliseconds. */
    boolean inSeconds() {
        return timeUnit != 1;
    }
}
