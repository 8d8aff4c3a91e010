package io.ipam.simulation;

import io.ipam.engine.commit.Call;
import io.ipam.store.Change;
import java.util.List;

/** A comparison of the replica with the store. Thread safety: none. */
final class AskedVerification extends Asked {
    AskedVerification(Process process, List<Moment> timeline) {
        super(process, timeline);
    }

    @Override
    Call<?, ?> submit() {
        return member().verify();
    }

    @Override
    boolean accept(Object result) {
        requireMoment(result, moment -> ((List<?>) result).isEmpty());
        return true;
    }

    @Override
    boolean states(Object result, Change change) {
        return false;
    }

    @Override
    boolean mayCause(Change change) {
        return false;
    }

    @Override
    public String toString() {
        return "verify";
    }
}
