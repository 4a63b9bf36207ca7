package io.heapster.sink.influxdb;

/** What the operator can do about answers that are not about points, by generation. */
final class Cure {
    private Cure() {}

    static String notAllowed(Generation generation) {
        return switch (generation) {
            case V1 -> " (check user, pw and the user's rights)";
            case V2 -> " (check token: it must be allowed to write to the bucket)";
            case V3 -> " (check token)";
        };
    }

    static String notFound(Generation generation) {
        return switch (generation) {
            case V1 -> " (the database is made again)";
            case V2 -> " (create the bucket, or correct org and bucket)";
            case V3 -> " (correct the address, or give version=1 or version=2)";
        };
    }

    static String notUnderstood(Generation generation) {
        return switch (generation) {
            case V1, V3 -> " (correct db)";
            case V2 -> " (correct org and bucket)";
        };
    }
}
