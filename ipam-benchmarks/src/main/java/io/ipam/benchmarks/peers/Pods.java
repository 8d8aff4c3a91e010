package io.ipam.benchmarks.peers;

import io.ipam.owner.Owner;
import java.util.UUID;

/** Owners like those of a cluster. Thread safety: none needed; no state. */
public final class Pods {
    private Pods() {}

    /**
     * Pods of one namespace, each with a uid in the form of a UUID.
     *
     * @param count the number of owners
     * @return the owners
     */
    public static Owner[] owners(int count) {
        Owner[] owners = new Owner[count];
        for (int i = 0; i < count; i++) {
            String uid = new UUID(0x9e3779b97f4a7c15L * (i + 1), 0xc2b2ae3d27d4eb4fL * (i + 1)).toString();
            owners[i] = Owner.stateless("shop", "cart-" + i, uid);
        }
        return owners;
    }
}
