package io.ipam.store.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The guarantees of a {@link io.ipam.store.StateStore} as tests. The tests of a store extend this
 * class, and implement the interface of each {@link Capability} that they can provide a hook for:
 *
 * <pre>{@code
 * class MyStoreTest extends StateStoreContract implements ReopenContract, CrashContract {
 *     public StateStore openSession(String realm) { ... }
 *     public void reopen() { ... }
 *     public void crash() { ... }
 *     protected Map<Capability, String> unproven() { return Map.of(EDIT, "there are no rows"); .. }
 * }
 * }</pre>
 *
 * <p>No test is skipped. A capability whose interface is not implemented must be named with the
 * reason: the tests of a store state what they do not prove.
 *
 * <p>A store for production also runs {@link StoreFuzzer}.
 */
public abstract class StateStoreContract
        implements CreationContract,
                CommitContract,
                GuardContract,
                NewsContract,
                TurnContract,
                LoadContract,
                ValueContract,
                LimitContract,
                SessionContract,
                FuzzContract {
    private TestRealm realm = new TestRealm(this::openSession);

    /** For subclasses. */
    protected StateStoreContract() {}

    /** {@return the reason for each capability whose interface these tests do not implement} */
    protected abstract Map<Capability, String> unproven();

    @Override
    public final TestRealm realm() {
        return realm;
    }

    /** Makes a realm that is not created. */
    @BeforeEach
    final void makeRealm() {
        realm = new TestRealm(this::openSession);
    }

    /** Closes the sessions of the test. */
    @AfterEach
    final void closeSessions() {
        realm.close();
    }

    /** Each capability is proven, or named with a reason, and not both. */
    @Test
    final void capabilities_provenOrNamed() {
        Map<Capability, String> wrong = new LinkedHashMap<>();
        for (Capability capability : Capability.values()) {
            String reason = unproven().getOrDefault(capability, "");
            boolean proven = capability.contract().isInstance(this);
            if (proven == !reason.isBlank()) {
                wrong.put(
                        capability,
                        proven
                                ? "is proven, remove it from unproven()"
                                : "implement " + capability.contract().getSimpleName()
                                        + ", or name the reason in unproven()");
            }
        }
        if (!wrong.isEmpty()) {
            throw new AssertionError("capabilities that are not stated correctly: " + wrong);
        }
    }
}
