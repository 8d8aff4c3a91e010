package io.ipam.engine.replica;

import io.ipam.engine.commit.Operation;

/** Waits until the replica is at least as new as the call. Thread safety: immutable. */
public final class SyncOperation implements Operation<EngineBatch, Boolean> {
    @Override
    public Boolean decide(EngineBatch batch) {
        return true;
    }
}
