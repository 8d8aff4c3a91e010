package io.ipam.allocation;

/**
 * Is told what has happened. It is called outside all locks, by one thread at a time, which may be
 * that of another request. What it throws is counted and dropped: it harms nobody. A slow listener
 * delays the thread that calls it and lets events pile up.
 *
 * <p>Thread safety: an implementation needs none beside that of the calling threads seeing each
 * other's writes, which is given.
 */
@FunctionalInterface
public interface AllocationListener {
    /**
     * Something has happened.
     *
     * @param event what
     */
    void on(AllocationEvent event);
}
