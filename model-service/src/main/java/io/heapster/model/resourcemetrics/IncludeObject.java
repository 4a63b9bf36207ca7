package io.heapster.model.resourcemetrics;

import org.jspecify.annotations.Nullable;

/** What a row of a table carries of its object besides the cells. */
enum IncludeObject {
    METADATA,
    OBJECT,
    NONE;

    /** @throws StatusException if there is no such choice */
    static IncludeObject parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return METADATA;
        }
        return switch (text) {
            case "Metadata" -> METADATA;
            case "Object" -> OBJECT;
            case "None" -> NONE;
            default ->
                throw StatusException.badRequest("Unable to convert to Table as requested: includeObject: Invalid"
                        + " value: \"" + text + "\": must be 'Metadata', 'Object', 'None', or empty");
        };
    }
}
