package io.heapster.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.Outcome;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.sample.Samples;
import io.heapster.sink.ingest.Origin;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DownsamplingTest {
    private static final long TICK = 60_000;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final Progress progress = new Progress("it", new SimpleMeterRegistry(), Clock.systemUTC());
    private OpenValues open = new OpenValues(Long.MAX_VALUE);
    private final List<Parcel> ready = new ArrayList<>();
    private Downsampling downsampling = new Downsampling(WINDOW, open, progress);

    @Test
    void aWindowIsWrittenWhenTheTickAfterItsLastHasHadItsTurn() {
        for (int tick = 0; tick < 6; tick++) {
            add(tick, batch("a", tick, 10, 100));
        }
        assertThat(ready).isEmpty();
        add(6, batch("a", 6, 10, 100));

        assertThat(ready).singleElement().satisfies(parcel -> {
            assertThat(parcel.batch().tickMillis()).isZero();
            assertThat(parcel.batch().resolutionMillis()).isEqualTo(WINDOW.toMillis());
            assertThat(parcel.batch().node()).isEqualTo("a");
            assertThat(parcel.origin().offset()).isEqualTo(4);
        });
    }

    @Test
    void gaugesAreMeansAndCountersTheLast() {
        int[] rates = {10, 11, 12, 13, 16};
        for (int tick = 0; tick < 5; tick++) {
            add(tick, batch("a", tick, rates[tick], 1_000L * tick));
        }
        add(5, batch("a", 6, 0, 0));

        Samples samples = ready.get(0).batch().entities().get(0).samples();
        assertThat(samples.longOr(Metrics.CPU_USAGE_RATE, -1)).isEqualTo(12);
        assertThat(samples.longOr(Metrics.CPU_USAGE, -1)).isEqualTo(4_000);
        assertThat(samples.doubleOr(Metrics.NETWORK_RX_RATE, -1)).isEqualTo(3.1);
        Samples disk = ready.get(0).batch().entities().get(0).resources().get(0).samples();
        assertThat(disk.longOr(Metrics.FILESYSTEM_USAGE, -1)).isEqualTo(12);
    }

    @Test
    void whatIsThereOnlySometimesIsTheMeanOfWhatIsThere() {
        add(0, batch("a", 0, 10, 0));
        add(1, SampleBatch.failed(new NodeKey("c", "a"), TICK, TICK, "timeout: no answer"));
        add(2, batch("a", 2, 21, 0));
        add(3, batch("a", 6, 0, 0));

        SampleBatch merged = ready.get(0).batch();
        assertThat(merged.outcome()).isEqualTo(Outcome.OK);
        assertThat(merged.entities().get(0).samples().longOr(Metrics.CPU_USAGE_RATE, -1))
                .isEqualTo(16);
        assertThat(progress.status("", 0).points().merged()).isEqualTo(4);
    }

    @Test
    void nothingOfAnOpenWindowIsCommitted() {
        add(0, batch("a", 0, 0, 0));
        add(1, batch("a", 4, 0, 0));
        assertThat(acceptable()).isEqualTo(-1);
        add(2, batch("a", 5, 0, 0));
        assertThat(acceptable()).isEqualTo(-1);
        add(3, batch("a", 6, 0, 0));
        assertThat(acceptable()).isEqualTo(1);
    }

    @Test
    void aLateRecordOfAWrittenWindowIsFilteredAndCounted() {
        add(0, batch("a", 0, 0, 0));
        add(1, batch("a", 7, 0, 0));
        add(2, batch("b", 4, 0, 0));
        assertThat(ready).hasSize(1);
        assertThat(progress.status("", 0).points().filtered()).isEqualTo(4);
    }

    @Test
    void aClockThatWentBackIsFollowed() {
        add(0, batch("a", 1_000, 1, 0));
        add(1, batch("a", 0, 2, 0));
        assertThat(ready).hasSize(1);
        add(2, batch("a", 7, 3, 0));
        assertThat(ready).hasSize(2);
        assertThat(acceptable()).isEqualTo(1);
    }

    @Test
    void whatWasOpenWhenThePartitionWasAwayIsForgotten() {
        add(0, batch("a", 0, 10, 0));
        add(1, batch("a", 1, 20, 0));
        add(50, batch("a", 10, 30, 0));
        add(51, batch("a", 16, 30, 0));
        assertThat(ready)
                .singleElement()
                .satisfies(parcel -> assertThat(parcel.batch().tickMillis()).isEqualTo(10 * TICK));
    }

    @Test
    void aRecordWithoutAnythingToMergeIsNoGap() {
        add(0, batch("a", 0, 10, 0));
        downsampling.pass(origin(1));
        add(2, batch("a", 6, 10, 0));
        assertThat(ready).hasSize(1);
    }

    @Test
    void whatDoesNotFitIsWrittenAsSampledForTheWholeWindowAndCounted() {
        open = new OpenValues(10);
        downsampling = new Downsampling(WINDOW, open, progress);
        add(0, batch("a", 0, 10, 0));
        add(1, batch("b", 0, 10, 0));
        assertThat(open.count()).isEqualTo(8);
        add(2, batch("c", 0, 10, 0));
        add(3, batch("a", 1, 12, 0));
        add(4, batch("c", 1, 11, 0));
        assertThat(ready).extracting(parcel -> parcel.batch().node()).containsExactly("c", "c");
        assertThat(ready)
                .extracting(parcel -> parcel.batch().resolutionMillis())
                .containsOnly(TICK);
        assertThat(progress.status("", 0).points().unmerged()).isEqualTo(8);
        assertThat(acceptable()).isEqualTo(-1);

        add(5, batch("c", 6, 10, 0));
        assertThat(ready).hasSize(5);
        assertThat(progress.status("", 0).points().merged()).isEqualTo(4);
        assertThat(progress.status("", 0).points().filtered()).isZero();
    }

    @Test
    void roomIsGivenBackWhenAWindowIsWrittenOrItsPartitionGoes() {
        add(0, batch("a", 0, 10, 0));
        add(1, batch("a", 1, 10, 0));
        assertThat(open.count()).isEqualTo(4);
        add(2, batch("a", 6, 10, 0));
        assertThat(open.count()).isEqualTo(4);
        downsampling.keepOnly(origin -> true);
        assertThat(open.count()).isEqualTo(4);
        downsampling.keepOnly(origin -> false);
        assertThat(open.count()).isZero();
        add(3, batch("a", 7, 10, 0));
        add(9, batch("a", 20, 10, 0));
        assertThat(open.count()).isEqualTo(4);
    }

    /** Ends the process at any record and goes on at what was committed: the same points come out. */
    @Property(tries = 300)
    void aRedeliveryGivesTheSamePoints(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int nodes) {
        Random random = new Random(seed);
        List<SampleBatch> records = records(random, nodes);
        Map<String, String> expected = new HashMap<>();
        List<Parcel> whole = new ArrayList<>();
        downsampling = new Downsampling(WINDOW, open, progress);
        for (int i = 0; i < records.size(); i++) {
            downsampling.add(origin(i), records.get(i), whole);
        }
        whole.forEach(
                parcel -> expected.put(key(parcel), parcel.batch().entities().toString()));

        Map<String, String> stored = new HashMap<>();
        long committed = 0;
        int from = 0;
        while (from < records.size()) {
            downsampling = new Downsampling(WINDOW, open, progress);
            int end = from + 1 + random.nextInt(40);
            for (int i = (int) committed; i < Math.min(records.size(), end); i++) {
                List<Parcel> complete = new ArrayList<>();
                downsampling.add(origin(i), records.get(i), complete);
                complete.forEach(parcel ->
                        stored.put(key(parcel), parcel.batch().entities().toString()));
                Origin acceptable = downsampling.acceptable(origin(i));
                committed = acceptable == null || random.nextInt(3) == 0
                        ? committed
                        : Math.max(committed, acceptable.offset() + 1);
            }
            from = end;
        }
        assertThat(stored).isEqualTo(expected);
    }

    /** Nodes have their turns within each tick in an order that changes, and miss some. */
    private static List<SampleBatch> records(Random random, int nodes) {
        List<SampleBatch> records = new ArrayList<>();
        for (int tick = 3; tick < 60; tick++) {
            for (int node = 0; node < nodes; node++) {
                if (random.nextInt(5) > 0) {
                    int last = records.size() - 1;
                    boolean swap = last >= 0
                            && random.nextBoolean()
                            && !records.get(last).node().equals("n" + node)
                            && records.get(last).tickMillis() >= (tick - 1) * TICK;
                    records.add(swap ? last : last + 1, batch("n" + node, tick, random.nextInt(1_000), tick));
                }
            }
        }
        return records;
    }

    private static String key(Parcel parcel) {
        return parcel.batch().node() + "@" + parcel.batch().tickMillis();
    }

    private void add(int offset, SampleBatch batch) {
        downsampling.add(origin(offset), batch, ready);
    }

    private long acceptable() {
        Origin origin = downsampling.acceptable(origin(0));
        return origin == null ? -1 : origin.offset();
    }

    private static Origin origin(long offset) {
        return new Origin("heapster.samples", 0, offset, new byte[0]);
    }

    private static SampleBatch batch(String node, int tick, long rate, long usage) {
        Entity entity = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, node));
        entity.samples().add(Metrics.CPU_USAGE, usage);
        entity.samples().add(Metrics.CPU_USAGE_RATE, rate);
        entity.samples().add(Metrics.NETWORK_RX_RATE, rate / 4.0);
        entity.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_USAGE, rate);
        return SampleBatch.ok(new NodeKey("c", node), tick * TICK, TICK, List.of(entity));
    }
}
