package io.heapster.scraper.source.decode;

import java.util.Arrays;

/**
 * Which field came after two others the last time: a document has a few kinds of objects a thousand times each, so that
 * the next name mostly need not be read, only compared.
 */
@SuppressWarnings("EnumOrdinal") // a place in a table of this process, kept nowhere
final class Successors {
    private static final int FIELDS = Field.values().length;

    private final Field[] fields = new Field[FIELDS * FIELDS];

    Successors() {
        Arrays.fill(fields, Field.OTHER);
    }

    /** {@link Field#OTHER}, which is not the name of any, when no known one is expected. */
    Field after(Field before, Field last) {
        return fields[FIELDS * before.ordinal() + last.ordinal()];
    }

    void seen(Field before, Field last, Field next) {
        fields[FIELDS * before.ordinal() + last.ordinal()] = next;
    }
}
