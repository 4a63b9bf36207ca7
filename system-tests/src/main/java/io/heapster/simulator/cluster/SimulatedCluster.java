package io.heapster.simulator.cluster;

import io.heapster.simulator.cluster.ClusterListener.Change;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The nodes, pods and faults of this moment. Readers see a consistent list of pods for each node at any time; changes are
 * made one after the other and told to the listeners.
 */
public final class SimulatedCluster {
    private static final class Place {
        private final SimulatedNode node;
        private volatile List<SimulatedPod> pods;
        private volatile @Nullable Fault fault;
        private int nextSlot;

        private Place(SimulatedNode node, List<SimulatedPod> pods, int nextSlot) {
            this.node = node;
            this.pods = pods;
            this.nextSlot = nextSlot;
        }
    }

    private final ClusterShape shape;
    private final Clock clock;
    private final Population population;
    private final Truth truth;
    private final List<SimulatedNamespace> namespaces;
    private final Map<String, Place> places = new ConcurrentSkipListMap<>();
    private final List<ClusterListener> listeners = new CopyOnWriteArrayList<>();
    private int nextNode;
    private int changes;

    public SimulatedCluster(ClusterShape shape, Clock clock) {
        this.shape = shape;
        this.clock = clock;
        this.population = new Population(shape);
        this.truth = new Truth(shape.sampleSpread());
        this.namespaces = population.namespaces();
        for (int i = 0; i < shape.nodes(); i++) {
            SimulatedNode node = population.node(nextNode++, shape.bornAt());
            List<SimulatedPod> pods = new ArrayList<>();
            for (int slot = 0; slot < shape.podsPerNode(); slot++) {
                pods.add(population.pod(node, slot, 0, population.startOf(node.index(), slot)));
            }
            addPlace(node, pods);
        }
    }

    private Place addPlace(SimulatedNode node, List<SimulatedPod> pods) {
        for (int number = 0; number < shape.daemonPodsPerNode(); number++) {
            pods.add(population.daemonPod(node, number, node.startedAt().plusSeconds(30)));
        }
        Place place = new Place(node, List.copyOf(pods), shape.podsPerNode() + shape.daemonPodsPerNode());
        places.put(node.name(), place);
        return place;
    }

    // What there is

    /** What the cluster looked like at its start. */
    public ClusterShape shape() {
        return shape;
    }

    /** The time of the cluster. */
    public Clock clock() {
        return clock;
    }

    /** The exact figures. */
    public Truth truth() {
        return truth;
    }

    /** All namespaces. */
    public List<SimulatedNamespace> namespaces() {
        return namespaces;
    }

    /** All nodes of this moment, by name. */
    public List<SimulatedNode> nodes() {
        List<SimulatedNode> result = new ArrayList<>();
        for (Place place : places.values()) {
            result.add(place.node);
        }
        return result;
    }

    /** The node of this name; IllegalArgumentException when there is none. */
    public SimulatedNode node(String name) {
        return place(name).node;
    }

    /** The node with this index, or null when it is gone or never was. */
    public @Nullable SimulatedNode nodeAt(int index) {
        Place place = places.get(Population.nodeName(index));
        return place == null ? null : place.node;
    }

    /** The pods of all nodes of this moment. */
    public List<SimulatedPod> pods() {
        List<SimulatedPod> result = new ArrayList<>();
        for (Place place : places.values()) {
            result.addAll(place.pods);
        }
        return result;
    }

    /** The pods of a node of this moment; the same list object as long as nothing changes; empty for an unknown node. */
    public List<SimulatedPod> pods(String node) {
        Place place = places.get(node);
        return place == null ? List.of() : place.pods;
    }

    /** What is wrong with a node, or null. */
    public @Nullable Fault fault(String node) {
        Place place = places.get(node);
        return place == null ? null : place.fault;
    }

    // Changes

    /** Tells the listener of every change from now on. */
    public void listen(ClusterListener listener) {
        listeners.add(listener);
    }

    /** A further node with the shape's number of pods, started now. */
    public synchronized SimulatedNode addNode() {
        SimulatedNode node = population.node(nextNode++, now());
        List<SimulatedPod> pods = new ArrayList<>();
        for (int slot = 0; slot < shape.podsPerNode(); slot++) {
            pods.add(population.pod(node, slot, 0, now()));
        }
        Place place = addPlace(node, pods);
        tellNode(Change.ADDED, node);
        place.pods.forEach(pod -> tellPod(Change.ADDED, pod));
        return node;
    }

    /** Takes a node away with its pods. */
    public synchronized void removeNode(String name) {
        Place place = place(name);
        places.remove(name);
        place.pods.forEach(pod -> tellPod(Change.DELETED, pod));
        tellNode(Change.DELETED, place.node);
    }

    /** A further pod on the node, started now. */
    public synchronized SimulatedPod addPod(String node) {
        Place place = place(node);
        SimulatedPod pod = population.pod(place.node, place.nextSlot++, 0, now());
        List<SimulatedPod> pods = new ArrayList<>(place.pods);
        pods.add(pod);
        place.pods = List.copyOf(pods);
        tellPod(Change.ADDED, pod);
        return pod;
    }

    /** Takes a pod away; the pod is known by its UID. */
    public synchronized void removePod(SimulatedPod pod) {
        Place place = place(pod.node());
        List<SimulatedPod> pods = new ArrayList<>(place.pods);
        SimulatedPod removed = pods.remove(indexOf(pods, pod));
        place.pods = List.copyOf(pods);
        tellPod(Change.DELETED, removed);
    }

    /** Takes a pod away and starts one with its name and place, another UID and other rates. Not for daemon pods. */
    public synchronized SimulatedPod recreatePod(SimulatedPod pod) {
        if (pod.hostNetwork()) {
            throw new IllegalArgumentException("daemon pods stay as they are: " + pod.name());
        }
        Place place = place(pod.node());
        List<SimulatedPod> pods = new ArrayList<>(place.pods);
        int index = indexOf(pods, pod);
        SimulatedPod before = pods.get(index);
        SimulatedPod after = population.pod(place.node, before.slot(), ++changes, now());
        pods.set(index, after);
        place.pods = List.copyOf(pods);
        tellPod(Change.DELETED, before);
        tellPod(Change.ADDED, after);
        return after;
    }

    /** Makes this share of all pods again, spread evenly; returns the new ones. */
    public synchronized List<SimulatedPod> churn(double share) {
        List<SimulatedPod> candidates = new ArrayList<>();
        for (SimulatedPod pod : pods()) {
            if (!pod.hostNetwork()) {
                candidates.add(pod);
            }
        }
        List<SimulatedPod> result = new ArrayList<>();
        for (SimulatedPod pod : evenly(candidates, Math.round(share * candidates.size()))) {
            result.add(recreatePod(pod));
        }
        return result;
    }

    /** Restarts a container now; its counters begin again. Returns the pod as it is then. */
    public synchronized SimulatedPod restartContainer(SimulatedPod pod, String container) {
        Place place = place(pod.node());
        List<SimulatedPod> pods = new ArrayList<>(place.pods);
        int index = indexOf(pods, pod);
        SimulatedPod after = pods.get(index).withRestarted(container, now());
        pods.set(index, after);
        place.pods = List.copyOf(pods);
        tellPod(Change.MODIFIED, after);
        return after;
    }

    /** Something is wrong with the node from now on. */
    public synchronized void setFault(String node, Fault fault) {
        changeFault(node, fault);
    }

    /** Nothing is wrong with the node from now on. */
    public synchronized void heal(String node) {
        changeFault(node, null);
    }

    /** Nothing is wrong with any node from now on. */
    public synchronized void healAll() {
        places.keySet().forEach(this::heal);
    }

    /** Gives the fault to this share of all nodes, spread evenly over those without one; returns their names. */
    public synchronized List<String> spread(Fault fault, double share) {
        List<String> healthy = new ArrayList<>();
        places.forEach((name, place) -> {
            if (place.fault == null) {
                healthy.add(name);
            }
        });
        List<String> chosen = evenly(healthy, Math.min(healthy.size(), Math.round(share * places.size())));
        chosen.forEach(name -> setFault(name, fault));
        return chosen;
    }

    /** Records an event about a pod. */
    public synchronized SimulatedEvent recordEvent(SimulatedPod pod, String type, String reason, String message) {
        Dice dice = Dice.of(shape.seed()).on("event").on(++changes);
        String uid = dice.uuid().toString();
        SimulatedEvent event = new SimulatedEvent(
                pod.name() + "." + uid.substring(0, 8) + changes, uid, pod, type, reason, message, now());
        listeners.forEach(listener -> listener.onEvent(event));
        return event;
    }

    private void changeFault(String name, @Nullable Fault fault) {
        Place place = place(name);
        Fault before = place.fault;
        place.fault = fault;
        if ((before != null && before.shownByApiServer()) || (fault != null && fault.shownByApiServer())) {
            tellNode(Change.MODIFIED, place.node);
        }
    }

    private void tellNode(Change change, SimulatedNode node) {
        listeners.forEach(listener -> listener.onNode(change, node));
    }

    private void tellPod(Change change, SimulatedPod pod) {
        listeners.forEach(listener -> listener.onPod(change, pod));
    }

    private Place place(String node) {
        Place place = places.get(node);
        if (place == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return place;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static int indexOf(List<SimulatedPod> pods, SimulatedPod wanted) {
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).uid().equals(wanted.uid())) {
                return i;
            }
        }
        throw new IllegalArgumentException("pod " + wanted.name() + " is gone");
    }

    private static <T> List<T> evenly(List<T> all, long count) {
        List<T> result = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            result.add(all.get((int) ((2 * i + 1) * all.size() / (2 * count))));
        }
        return result;
    }
}
