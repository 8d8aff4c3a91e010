package io.ipam.engine.replica;

import io.ipam.engine.commit.Operation;
import io.ipam.engine.decision.Step;
import io.ipam.engine.decision.Transition;
import io.ipam.owner.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transition of one owner in the order of commits. Thread safety: immutable.
 *
 * @param owner the owner
 * @param body the transition
 * @param startedNanos the start of the request by System.nanoTime, only for events
 */
public record TransitionOperation<R>(Owner owner, Transition<R> body, long startedNanos)
        implements Operation<EngineBatch, Step<R>> {
    @Override
    public List<Object> keys() {
        return keysOf(owner);
    }

    @Override
    public @Nullable Step<R> decide(EngineBatch batch) {
        return batch.decide(owner, body, startedNanos);
    }

    /**
     * The namespace and name, regardless of the kind, and the uid, which identifies stateless
     * owners.
     */
    static List<Object> keysOf(Owner owner) {
        Name name = new Name(owner.namespace(), owner.name());
        return owner.uid().isEmpty() ? List.of(name) : List.of(name, owner.uid());
    }

    private record Name(String namespace, String name) {}
}
