package io.ipam.engine.commit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation that takes effect in the order of commits. It may be decided several times, each
 * time on a newer head, but never after its caller got a result.
 *
 * @param <B> the batch on which it is decided
 * @param <R> its result
 */
public interface Operation<B, R> {
    /**
     * {@return the keys of the operation; a batch has at most one operation of a key, so that its
     * operations do not depend on one another}
     */
    default List<Object> keys() {
        return List.of();
    }

    /** {@return whether it is committed without other operations} */
    default boolean isAlone() {
        return false;
    }

    /**
     * Decides, and adds the changes to the batch. It calls no caller-supplied code.
     *
     * @param batch the batch
     * @return the result; null if the operation must wait for the next batch, in which case it adds
     *     nothing
     */
    @Nullable
    R decide(B batch);
}
