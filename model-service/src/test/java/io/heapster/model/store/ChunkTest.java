package io.heapster.model.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapster.contract.metric.Metric;
import io.heapster.contract.metric.Metrics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ChunkTest {
    private static final long FIRST = 1_795_257_000_000L;
    private static final List<Layout.Column> COLUMNS = List.of(
                    Metrics.UPTIME,
                    Metrics.CPU_USAGE,
                    Metrics.CPU_USAGE_RATE,
                    Metrics.MEMORY_USAGE,
                    Metrics.MEMORY_WORKING_SET,
                    Metrics.NETWORK_RX)
            .stream()
            .sorted(Comparator.comparingInt(Metric::id))
            .map(metric -> new Layout.Column(0, metric.id(), false))
            .toList();

    private final Shape shape = new Shape(new Layout(COLUMNS));
    private final RowBuffer buffer = new RowBuffer();
    private final RowCursor cursor = new RowCursor();
    private final TickCursor ticks = new TickCursor();

    @Property
    void whatIsCutOffIsWhatIsOlderWhateverTheRowsHold(
            @ForAll("rows") List<List<Long>> given, @ForAll @IntRange(max = 20) int cut) {
        List<long[]> rows = rows(given);
        Chunk chunk = new Chunk(shape, rows.get(0), buffer, null);
        for (long[] row : rows.subList(1, rows.size())) {
            cursor.over(chunk).next();
            chunk.append(cursor, 0, row, buffer, Long.MIN_VALUE, ticks);
        }
        long[] oldest = rows.get(Math.min(cut, rows.size() - 1));

        chunk.cutBefore(oldest[Layout.TICK], ticks);

        List<long[]> left = rows.subList(rows.indexOf(oldest), rows.size());
        assertThat(chunk.rows()).isEqualTo(left.size());
        cursor.over(chunk);
        for (int i = left.size() - 1; i >= 0; i--) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.row()).isEqualTo(left.get(i));
        }
        assertThat(cursor.next()).isFalse();
    }

    private List<long[]> rows(List<List<Long>> given) {
        List<long[]> rows = new ArrayList<>();
        long tick = FIRST;
        for (List<Long> values : given) {
            long[] row = new long[shape.places()];
            for (int place = 0; place < row.length; place++) {
                row[place] = values.get(place);
            }
            // Ticks only grow, by whatever it is.
            tick += 1 + Math.floorMod(row[Layout.TICK], 100_000);
            row[Layout.TICK] = tick;
            rows.add(row);
        }
        return rows;
    }

    @Provide
    Arbitrary<List<List<Long>>> rows() {
        Arbitrary<Long> values = Arbitraries.oneOf(
                Arbitraries.just(0L),
                Arbitraries.longs().between(-64, 64),
                Arbitraries.longs().between(0, 1L << 40),
                Arbitraries.longs());
        int places = COLUMNS.size() + Layout.FIRST_COLUMN;
        return values.list().ofSize(places).list().ofMinSize(1).ofMaxSize(20);
    }
}
