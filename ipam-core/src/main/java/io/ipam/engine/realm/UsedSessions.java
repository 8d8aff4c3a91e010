package io.ipam.engine.realm;

import io.ipam.store.StateStore;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The sessions that an Ipam uses or has used. Two of them on one session would mix their
 * transactions, and could grant one address twice.
 *
 * <p>Thread safety: safe.
 */
final class UsedSessions {
    private static final Set<StateStore> USED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private UsedSessions() {}

    /** Notes the use of a session, and returns it. */
    static StateStore use(StateStore session) {
        if (!USED.add(session)) {
            throw new IllegalStateException("this session of the store was used before: make one for each Ipam, for"
                    + " example with JdbcStore.of");
        }
        return session;
    }
}
