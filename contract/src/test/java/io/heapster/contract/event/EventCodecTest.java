package io.heapster.contract.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.heapster.contract.event.EventRecord.InvolvedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private static final Path RELEASED = Path.of("src", "test", "resources", "wire", "event-v1.bin");

    private static final EventRecord BACK_OFF = new EventRecord(
            "lab",
            "0b6f7a52-3f5c-4a3c-9d0e-0d2f5f2f7c11",
            4_711,
            "shop",
            "web-1.17f2a",
            new InvolvedObject("Pod", "shop", "web-1", "3c3c"),
            "Warning",
            "BackOff",
            "Back-off restarting failed container \"app\" — 한국어 🚀",
            "kubelet",
            "node-1",
            1_795_257_000_000L,
            1_795_257_300_000L,
            5,
            "{\"kind\":\"Event\",\"reason\":\"BackOff\"}",
            0);

    @Test
    void anEventComesBackAsItWas() throws MalformedEventException {
        assertThat(EventCodec.decode(EventCodec.encode(BACK_OFF))).isEqualTo(BACK_OFF);
        EventRecord reduced = new EventRecord(
                "", "", 1, "", "", InvolvedObject.NONE, "", "", "", "", "", 0, -1, Integer.MAX_VALUE, "{}", 70_000);
        assertThat(EventCodec.decode(EventCodec.encode(reduced))).isEqualTo(reduced);
        assertThat(reduced.isReduced()).isTrue();
    }

    /** A new version adds a file ({@code -Dheapster.wire.write=true} writes the current one) and changes none. */
    @Test
    void bytesOfVersion1DecodeForEver() throws IOException, MalformedEventException {
        if (Boolean.getBoolean("heapster.wire.write")) {
            Files.write(RELEASED, EventCodec.encode(BACK_OFF));
        }

        assertThat(EventCodec.decode(Files.readAllBytes(RELEASED))).isEqualTo(BACK_OFF);
    }

    @Test
    void protocReadsWhatTheCodecWrites() throws InvalidProtocolBufferException {
        var event = io.heapster.contract.event.proto.EventRecord.parseFrom(EventCodec.encode(BACK_OFF));

        assertThat(event.getCluster()).isEqualTo("lab");
        assertThat(event.getUid()).isEqualTo(BACK_OFF.uid());
        assertThat(event.getResourceVersion()).isEqualTo(4_711);
        assertThat(event.getNamespace()).isEqualTo("shop");
        assertThat(event.getName()).isEqualTo("web-1.17f2a");
        assertThat(event.getInvolved().getKind()).isEqualTo("Pod");
        assertThat(event.getInvolved().getNamespace()).isEqualTo("shop");
        assertThat(event.getInvolved().getName()).isEqualTo("web-1");
        assertThat(event.getInvolved().getUid()).isEqualTo("3c3c");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getReason()).isEqualTo("BackOff");
        assertThat(event.getMessage()).isEqualTo(BACK_OFF.message());
        assertThat(event.getComponent()).isEqualTo("kubelet");
        assertThat(event.getHost()).isEqualTo("node-1");
        assertThat(event.getFirstMs()).isEqualTo(BACK_OFF.firstMillis());
        assertThat(event.getLastMs()).isEqualTo(BACK_OFF.lastMillis());
        assertThat(event.getCount()).isEqualTo(5);
        assertThat(event.getJson()).isEqualTo(BACK_OFF.json());
        assertThat(event.getFullJsonBytes()).isZero();
    }

    @Test
    void whatALaterVersionAddedIsPassedOver() throws Exception {
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
        var event = io.heapster.contract.event.proto.EventRecord.parseFrom(EventCodec.encode(BACK_OFF)).toBuilder();
        event.getInvolvedBuilder().setUnknownFields(later);

        assertThat(EventCodec.decode(event.setUnknownFields(later).build().toByteArray()))
                .isEqualTo(BACK_OFF);
    }

    @Test
    void bytesThatAreNoEventAreRefusedWhateverTheyAre() {
        assertThatThrownBy(() -> EventCodec.decode(new byte[] {1, 2, 3}))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("not an event of 3 bytes");
        assertThatThrownBy(() -> EventCodec.decode(new byte[0])).isInstanceOf(MalformedEventException.class);
        Random random = new Random(5);
        byte[] whole = EventCodec.encode(BACK_OFF);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            assertNothingButMalformed(bytes);
        }
        assertNothingButMalformed("{\"kind\":\"Event\"}".getBytes(UTF_8));
    }

    private static void assertNothingButMalformed(byte[] bytes) {
        try {
            assertThat(EventCodec.decode(bytes)).isNotNull();
        } catch (MalformedEventException e) {
            assertThat(e).hasMessageContaining("event");
        }
    }

    @Test
    void theKeyIsTheObjectInItsCluster() {
        assertThat(BACK_OFF.recordKey()).isEqualTo("lab/Pod/shop/web-1");
    }
}
