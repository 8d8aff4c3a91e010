package io.ipam.engine.replica;

import io.ipam.engine.commit.Operation;
import io.ipam.store.Change;
import io.ipam.store.Realm;
import java.util.Optional;

/**
 * A change of the realm's cool-down in the order of commits. Thread safety: immutable.
 *
 * @param millis the next cool-down
 */
public record CoolDownOperation(long millis) implements Operation<EngineBatch, Boolean> {
    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public Boolean decide(EngineBatch batch) {
        Realm before = realm(batch.state().settings().coolDownMillis());
        Realm after = realm(millis);
        if (!after.equals(before)) {
            batch.add(new Change.RealmPut(Optional.of(before), after));
        }
        return true;
    }

    private static Realm realm(long coolDownMillis) {
        return new Realm(Realm.FORMAT, coolDownMillis, Realm.Phase.OPEN);
    }
}
