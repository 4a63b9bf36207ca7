package io.heapster.model.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The few forms of ASN.1 that a certificate is made of. */
final class Der {
    static final int BOOLEAN = 0x01;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int OBJECT = 0x06;
    static final int UTF8 = 0x0c;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private Der() {}

    static byte[] of(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length > 0xff) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length > 0x7f) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    static byte[] integer(BigInteger value) {
        return of(0x02, value.toByteArray());
    }

    static byte[] text(int tag, String text) {
        return of(tag, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bits(byte[] whole) {
        return of(BIT_STRING, new byte[] {0}, whole);
    }

    /** @param parts numbers below 2^21 */
    static byte[] object(int... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(parts[0] * 40 + parts[1]);
        for (int i = 2; i < parts.length; i++) {
            if (parts[i] > 0x7f) {
                if (parts[i] > 0x3fff) {
                    content.write(0x80 | (parts[i] >> 14));
                }
                content.write(0x80 | ((parts[i] >> 7) & 0x7f));
            }
            content.write(parts[i] & 0x7f);
        }
        return of(OBJECT, content.toByteArray());
    }
}
