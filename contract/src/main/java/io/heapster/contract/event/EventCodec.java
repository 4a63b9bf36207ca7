package io.heapster.contract.event;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.heapster.contract.event.EventRecord.InvolvedObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The wire form of an event. What a later version added is passed over. */
public final class EventCodec {
    private static final int CLUSTER = 1;
    private static final int UID = 2;
    private static final int RESOURCE_VERSION = 3;
    private static final int NAMESPACE = 4;
    private static final int NAME = 5;
    private static final int INVOLVED = 6;
    private static final int TYPE = 7;
    private static final int REASON = 8;
    private static final int MESSAGE = 9;
    private static final int COMPONENT = 10;
    private static final int HOST = 11;
    private static final int FIRST_MS = 12;
    private static final int LAST_MS = 13;
    private static final int COUNT = 14;
    private static final int JSON = 15;
    private static final int FULL_JSON_BYTES = 16;

    private static final int INVOLVED_KIND = 1;
    private static final int INVOLVED_NAMESPACE = 2;
    private static final int INVOLVED_NAME = 3;
    private static final int INVOLVED_UID = 4;

    private EventCodec() {}

    public static byte[] encode(EventRecord event) {
        return bytes(event.json().length() + 1_024, out -> {
            write(out, CLUSTER, event.cluster());
            write(out, UID, event.uid());
            out.writeInt64(RESOURCE_VERSION, event.resourceVersion());
            write(out, NAMESPACE, event.namespace());
            write(out, NAME, event.name());
            out.writeByteArray(INVOLVED, bytes(256, nested -> {
                write(nested, INVOLVED_KIND, event.involved().kind());
                write(nested, INVOLVED_NAMESPACE, event.involved().namespace());
                write(nested, INVOLVED_NAME, event.involved().name());
                write(nested, INVOLVED_UID, event.involved().uid());
            }));
            write(out, TYPE, event.type());
            write(out, REASON, event.reason());
            write(out, MESSAGE, event.message());
            write(out, COMPONENT, event.component());
            write(out, HOST, event.host());
            out.writeInt64(FIRST_MS, event.firstMillis());
            out.writeInt64(LAST_MS, event.lastMillis());
            out.writeUInt32(COUNT, event.count());
            write(out, JSON, event.json());
            if (event.isReduced()) {
                out.writeUInt32(FULL_JSON_BYTES, event.fullJsonBytes());
            }
        });
    }

    /** @throws MalformedEventException if the bytes are no event */
    public static EventRecord decode(byte[] bytes) throws MalformedEventException {
        try {
            return read(CodedInputStream.newInstance(bytes));
        } catch (IOException e) {
            throw new MalformedEventException("not an event of " + bytes.length + " bytes: " + e.getMessage(), e);
        }
    }

    private static EventRecord read(CodedInputStream in) throws IOException, MalformedEventException {
        String cluster = "";
        String uid = "";
        long version = 0;
        String namespace = "";
        String name = "";
        InvolvedObject involved = InvolvedObject.NONE;
        String type = "";
        String reason = "";
        String message = "";
        String component = "";
        String host = "";
        long first = 0;
        long last = 0;
        int count = 0;
        String json = "";
        int fullJsonBytes = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case CLUSTER -> cluster = in.readStringRequireUtf8();
                case UID -> uid = in.readStringRequireUtf8();
                case RESOURCE_VERSION -> version = in.readInt64();
                case NAMESPACE -> namespace = in.readStringRequireUtf8();
                case NAME -> name = in.readStringRequireUtf8();
                case INVOLVED -> involved = involved(in);
                case TYPE -> type = in.readStringRequireUtf8();
                case REASON -> reason = in.readStringRequireUtf8();
                case MESSAGE -> message = in.readStringRequireUtf8();
                case COMPONENT -> component = in.readStringRequireUtf8();
                case HOST -> host = in.readStringRequireUtf8();
                case FIRST_MS -> first = in.readInt64();
                case LAST_MS -> last = in.readInt64();
                case COUNT -> count = in.readUInt32();
                case JSON -> json = in.readStringRequireUtf8();
                case FULL_JSON_BYTES -> fullJsonBytes = in.readUInt32();
                default -> in.skipField(tag);
            }
        }
        if (version <= 0 || json.isEmpty()) {
            throw new MalformedEventException("an event without a version or without its JSON");
        }
        return new EventRecord(
                cluster,
                uid,
                version,
                namespace,
                name,
                involved,
                type,
                reason,
                message,
                component,
                host,
                first,
                last,
                count,
                json,
                fullJsonBytes);
    }

    private static InvolvedObject involved(CodedInputStream in) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        String kind = "";
        String namespace = "";
        String name = "";
        String uid = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case INVOLVED_KIND -> kind = in.readStringRequireUtf8();
                case INVOLVED_NAMESPACE -> namespace = in.readStringRequireUtf8();
                case INVOLVED_NAME -> name = in.readStringRequireUtf8();
                case INVOLVED_UID -> uid = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        in.popLimit(limit);
        return new InvolvedObject(kind, namespace, name, uid);
    }

    private static void write(CodedOutputStream out, int field, String text) throws IOException {
        if (!text.isEmpty()) {
            out.writeString(field, text);
        }
    }

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(int size, Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
