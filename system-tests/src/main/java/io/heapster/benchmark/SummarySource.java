package io.heapster.benchmark;

import io.heapster.simulator.cluster.ClusterShape;
import io.heapster.simulator.cluster.SimulatedCluster;
import io.heapster.simulator.kubelet.SummaryDocument;
import io.heapster.simulator.recorded.Recording;
import java.time.Clock;
import java.time.Instant;

/** Where documents to decode come from. */
public enum SummarySource {
    /** As kubelets from 1.36 on write them, with pressure and I/O. */
    PODS_110 {
        @Override
        byte[][] documents() {
            return simulated(ClusterShape.of(1, 110));
        }
    },
    /** As older kubelets write them. */
    PODS_110_WITHOUT_PRESSURE {
        @Override
        byte[][] documents() {
            return simulated(ClusterShape.of(1, 110).withPressure(false));
        }
    },
    RECORDED_1_20 {
        @Override
        byte[][] documents() {
            return recorded(Recording.V1_20_2);
        }
    },
    RECORDED_1_36 {
        @Override
        byte[][] documents() {
            return recorded(Recording.V1_36_2);
        }
    };

    static final Instant ASKED = Instant.parse("2026-11-21T12:00:07.250Z");
    private static final int ROUNDS = 4;

    /** What one kubelet answers, several times: figures and order differ. */
    abstract byte[][] documents();

    private static byte[][] simulated(ClusterShape shape) {
        SimulatedCluster cluster = new SimulatedCluster(shape, Clock.systemUTC());
        SummaryDocument document = new SummaryDocument(cluster, cluster.nodes().get(0));
        byte[][] documents = new byte[ROUNDS][];
        for (int round = 0; round < ROUNDS; round++) {
            documents[round] = document.answer(ASKED.plusSeconds(30L * round), round);
        }
        return documents;
    }

    private static byte[][] recorded(Recording recording) {
        return new byte[][] {recording.summary(1), recording.summary(2)};
    }
}
