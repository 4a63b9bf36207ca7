package io.heapster.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.heapster.contract.metric.Metrics;
import io.heapster.contract.sample.Entity;
import io.heapster.contract.sample.EntityType;
import io.heapster.contract.sample.LabelKey;
import io.heapster.contract.sample.Labels;
import io.heapster.contract.sample.NodeKey;
import io.heapster.contract.sample.SampleBatch;
import io.heapster.contract.wire.proto.Columns;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The codec writes and reads what {@code sample_batch.proto} says: held against the classes protoc makes of it. */
class WireSchemaTest {
    private static final long TICK = 1_795_257_000_000L;

    @Test
    void protocReadsWhatTheEncoderWrites() throws InvalidProtocolBufferException {
        Entity node = new Entity(EntityType.NODE, Labels.of(LabelKey.NODENAME, "node-1", LabelKey.HOST_ID, "17"));
        node.started(TICK - 5_000);
        node.measured(TICK + 700);
        node.networkMeasured(TICK - 300);
        node.samples().add(Metrics.CPU_USAGE_RATE, 15);
        node.samples().add(Metrics.NETWORK_RX_RATE, 978.6);
        node.samples().add(Metrics.NETWORK_TX_RATE, 1.0 / 3);
        node.resource(Labels.of(LabelKey.RESOURCE_ID, "/")).add(Metrics.FILESYSTEM_USAGE, 13_340);

        byte[] bytes = new SampleBatchEncoder()
                .encode(SampleBatch.ok(new NodeKey("lab", "node-1"), TICK, 10_000, List.of(node)));
        var batch = io.heapster.contract.wire.proto.SampleBatch.parseFrom(bytes);

        assertThat(batch.getCluster()).isEqualTo("lab");
        assertThat(batch.getNode()).isEqualTo("node-1");
        assertThat(batch.getTickMs()).isEqualTo(TICK);
        assertThat(batch.getResolutionMs()).isEqualTo(10_000);
        assertThat(batch.getLabelsList().stream().map(batch::getText))
                .containsExactly(LabelKey.HOST_ID, "17", LabelKey.NODENAME, "node-1");
        var entity = batch.getEntities(0);
        assertThat(entity.getTypeValue()).isEqualTo(EntityType.NODE.number());
        assertThat(entity.getLabelsCount()).isZero();
        assertThat(entity.getStartedBeforeMs()).isEqualTo(5_000);
        assertThat(entity.getMeasuredAfterMs()).isEqualTo(700);
        assertThat(entity.getNetworkMeasuredAfterMs()).isEqualTo(-300);
        Columns columns = entity.getColumns();
        assertThat(batch.getShapes(columns.getShape()).getMetricIdsList())
                .containsExactly(Metrics.CPU_USAGE_RATE.id(), Metrics.NETWORK_RX_RATE.id());
        assertThat(columns.getValuesList()).containsExactly(15L, 978_600L);
        assertThat(columns.getExactIdsList()).containsExactly(Metrics.NETWORK_TX_RATE.id());
        assertThat(columns.getExactValuesList()).containsExactly(1.0 / 3);
        assertThat(entity.getResources(0).getLabelsList().stream().map(batch::getText))
                .containsExactly(LabelKey.RESOURCE_ID, "/");
        assertThat(entity.getResources(0).getColumns().getValuesList()).containsExactly(13_340L);
    }

    @Test
    void theDecoderReadsWhatProtocWritesAndPassesOverWhatItDoesNotKnow()
            throws InvalidProtocolBufferException, MalformedBatchException {
        SampleBatch batch = SampleBatchRoundTripTest.randomBatch(new Random(7));
        byte[] ours = new SampleBatchEncoder().encode(batch);
        var parsed = io.heapster.contract.wire.proto.SampleBatch.parseFrom(ours);
        var later = parsed.toBuilder()
                .setUnknownFields(com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                        .addLengthDelimited(com.google.protobuf.ByteString.copyFromUtf8("later"))
                                        .build())
                        .build())
                .build();

        SampleBatch decoded = new SampleBatchDecoder().decode(later.toByteArray());

        assertThat(decoded.entities())
                .hasToString(new SampleBatchDecoder().decode(ours).entities().toString());
    }
}
