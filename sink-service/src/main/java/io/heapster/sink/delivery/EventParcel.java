package io.heapster.sink.delivery;

import io.heapster.contract.event.EventRecord;
import io.heapster.sink.ingest.Origin;

/** An event with where it came from. */
record EventParcel(Origin origin, EventRecord event) {}
