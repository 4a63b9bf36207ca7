package io.heapster.scraper.source.kubernetes.discovery;

/** What is kept of all objects of one kind. Written by one {@link Reflector}, read by anybody. */
interface Replica<T> {
    /** Begins a new list; what was kept is seen until the list is complete. */
    Listing<T> list();

    void changed(T object);

    void deleted(T object);

    /** How many objects are kept. */
    int size();

    /** A list that comes page by page. */
    interface Listing<T> {
        void add(T object);

        /** Puts the list in the place of what was kept. */
        void complete();
    }
}
