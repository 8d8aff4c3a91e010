package io.ipam.resolution;

import io.ipam.pool.Pool;
import java.util.List;
import java.util.Optional;

/**
 * The check of a pool's networks for one interface. It is skipped for an auto-created pool whose
 * owning application is checked.
 *
 * @param network the network that the interface joins, qualified
 * @param systemNamespace the namespace of networks that are named without one
 */
record PoolNetworks(Optional<String> network, String systemNamespace) {
    /** The check for one interface of a request. */
    static PoolNetworks of(InterfaceRequest request, RequestInputs inputs) {
        return new PoolNetworks(
                Networks.of(request, inputs.workload().namespace(), inputs.settings()),
                inputs.settings().systemNamespace());
    }

    /** Whether the check applies to a pool, whatever the interface. */
    static boolean areLimited(Pool pool) {
        return !pool.affinity().attachments().isEmpty()
                && !(pool.isAutoCreated() && pool.affinity().pod().isPresent());
    }

    /** Whether the pool serves the network of the interface. */
    boolean mayServe(Pool pool) {
        return !areLimited(pool) || isListed(pool.affinity().attachments());
    }

    private boolean isListed(List<String> listed) {
        if (network.isPresent()) {
            for (String name : listed) {
                if (Networks.isSame(name, network.get(), systemNamespace)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The rejection of a pool that does not serve it. */
    Rejection rejection(Pool pool) {
        List<String> listed = Networks.qualified(pool.affinity().attachments(), systemNamespace);
        return new Rejection.AttachmentMismatch(pool.name(), listed, network);
    }
}
