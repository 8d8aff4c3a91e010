package io.ipam.allocation;

/**
 * Receives events. It is called outside all locks, by one thread at a time. In memory this is a
 * thread that makes a request; over a store it is a dedicated thread. Its exceptions are counted
 * and otherwise ignored. A slow listener delays the thread that calls it, and events accumulate in
 * memory.
 *
 * <p>Thread safety: an implementation needs none, because each call happens before the next one.
 */
@FunctionalInterface
public interface AllocationListener {
    /**
     * Receives an event.
     *
     * @param event the event
     */
    void on(AllocationEvent event);
}
