package io.ipam.engine.commit;

import io.ipam.allocation.AllocationEvent;
import io.ipam.allocation.AllocationEvent.Reloaded;
import io.ipam.store.Commit;
import io.ipam.store.Head;
import io.ipam.store.Image;
import java.util.List;

/**
 * The state of a realm in this process. The committer is its only writer; other threads read it.
 *
 * @param <B> its batches
 */
public interface Replica<B extends Batch> {
    /** {@return the head of the state} */
    Head head();

    /** {@return a batch that is decided at the head} */
    B newBatch();

    /**
     * Applies a commit that follows the head.
     *
     * @param commit the commit
     * @throws io.ipam.store.CorruptStoreException if it does not fit the state
     */
    void apply(Commit commit);

    /**
     * Replaces the state.
     *
     * @param image the state of the realm
     * @param cause the reason why the present state cannot be continued
     * @throws io.ipam.store.CorruptStoreException if the image contradicts itself
     */
    void load(Image image, Reloaded.Cause cause);

    /**
     * Notes that the state equaled the store at some time.
     *
     * @param nowMillis the time, by the clock of the committer
     */
    void confirmed(long nowMillis);

    /**
     * Queues an event for the listener.
     *
     * @param event the event
     */
    void report(AllocationEvent event);

    /**
     * {@return the differences between the state and an image of the same head, as sentences}
     *
     * @param image the image
     */
    List<String> compare(Image image);
}
