package io.ipam.engine;

import io.ipam.engine.commit.Operation;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.owner.Owner;
import org.jspecify.annotations.Nullable;

/**
 * A transition of one owner in the order of commits. Thread safety: immutable.
 *
 * @param owner the owner
 * @param body the transition
 * @param startedNanos the start of the request by System.nanoTime, only for events
 */
record TransitionOperation<R>(Owner owner, Transition<R> body, long startedNanos)
        implements Operation<EngineBatch, Step<R>> {
    /** Namespace and name, whatever the kind and the uid. */
    @Override
    public Object key() {
        return OwnerKey.of(owner);
    }

    @Override
    public @Nullable Step<R> decide(EngineBatch batch) {
        return batch.decide(owner, body, startedNanos);
    }

    /** The key of all operations of one namespace and name. */
    record OwnerKey(String namespace, String name) {
        static OwnerKey of(Owner owner) {
            return new OwnerKey(owner.namespace(), owner.name());
        }
    }
}
