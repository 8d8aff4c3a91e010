package io.ipam.resolution;

import io.ipam.address.Address;
import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The checks of a pool for one interface: its networks, then its subnet and the master interface.
 * The check of networks is skipped for an auto-created pool whose application is checked.
 *
 * @param network the network that the interface joins, qualified
 * @param systemNamespace the namespace of networks that are named without one
 * @param master the addresses of the master interface; none if subnets are not checked
 */
record PoolNetworks(Optional<String> network, String systemNamespace, List<Address> master) {
    /** The check for one interface of a request. */
    static PoolNetworks of(InterfaceRequest request, RequestInputs inputs) {
        return new PoolNetworks(
                Networks.of(request, inputs.workload().namespace(), inputs.settings()),
                inputs.settings().systemNamespace(),
                request.matchMasterSubnet() ? request.masterAddresses() : List.of());
    }

    /** Whether the check of networks applies to a pool. */
    static boolean areLimited(Pool pool) {
        return !pool.affinity().attachments().isEmpty()
                && !(pool.isAutoCreated() && pool.affinity().pod().isPresent());
    }

    /** Whether subnets are checked. */
    boolean checksSubnets() {
        return !master.isEmpty();
    }

    /** Whether the pool serves the network of the interface, and the subnet of its master. */
    boolean mayServe(Pool pool) {
        return servesNetwork(pool) && servesMaster(pool);
    }

    private boolean servesNetwork(Pool pool) {
        return !areLimited(pool) || isListed(pool.affinity().attachments());
    }

    private boolean servesMaster(Pool pool) {
        if (master.isEmpty()) {
            return true;
        }
        for (Address address : master) {
            if (pool.subnet().contains(address)) {
                return true;
            }
        }
        return false;
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

    /** The first rejection of a pool that does not serve it. */
    Rejection rejection(Pool pool) {
        return rejections(pool).get(0);
    }

    /** The rejections of a pool; none if it serves the interface. */
    List<Rejection> rejections(Pool pool) {
        List<Rejection> rejections = new ArrayList<>(2);
        if (!servesNetwork(pool)) {
            List<String> listed = Networks.qualified(pool.affinity().attachments(), systemNamespace);
            rejections.add(new Rejection.AttachmentMismatch(pool.name(), listed, network));
        }
        if (!servesMaster(pool)) {
            rejections.add(new Rejection.MasterSubnetMismatch(pool.name(), pool.subnet(), master));
        }
        return rejections;
    }
}
