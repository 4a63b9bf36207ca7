package io.heapster.contract.bus;

import net.jpountz.util.Native;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Kafka's clients compress by the native lz4, which takes a third of the Java one's time. The library does so by
 * itself only where the system's class loader has loaded it, which Quarkus' does not; where it has no native code for the
 * machine or cannot write it into the temporary directory, it stays with Java.
 */
final class NativeLz4 {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLz4.class);
    /** There in native executables only, whose JNI has to be told of everything when they are built. */
    private static final String NATIVE_IMAGE = "org.graalvm.nativeimage.imagecode";

    private NativeLz4() {}

    /** Has an effect before the first client only. */
    static void load() {
        if (System.getProperty(NATIVE_IMAGE) != null) {
            return;
        }
        try {
            Native.load();
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("lz4 in Java: {}", e.toString());
        }
    }
}
