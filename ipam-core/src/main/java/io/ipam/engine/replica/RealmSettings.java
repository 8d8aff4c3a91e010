package io.ipam.engine.replica;

import io.ipam.engine.state.StateSettings;
import io.ipam.store.Realm;
import io.ipam.store.StoreException;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * The settings of a realm, in addition to {@link StateSettings}.
 *
 * @param timeoutMillis the maximum time that a caller waits for the store
 * @param newsIntervalMillis the maximum time between two requests for news
 * @param coolDownMillis the cool-down that the caller states; empty to accept that of the realm
 * @param processIds the source of the ids of processes, read once per open and create
 * @param clockMillis the time of day
 * @param reportsForeign whether commits of other processes have events
 */
public record RealmSettings(
        long timeoutMillis,
        long newsIntervalMillis,
        OptionalLong coolDownMillis,
        LongSupplier processIds,
        LongSupplier clockMillis,
        boolean reportsForeign) {
    /**
     * Verifies the stated cool-down.
     *
     * @param found the realm of the store
     * @throws StoreException if the realm has another cool-down
     */
    public void verifyCoolDown(Realm found) {
        long present = found.coolDownMillis();
        if (coolDownMillis.orElse(present) != present) {
            throw new StoreException("the realm has a cool-down of " + present + " ms, the settings state "
                    + coolDownMillis.getAsLong()
                    + " ms: omit withCoolDown, and use IpamState.changeCoolDown to change it");
        }
    }
}
