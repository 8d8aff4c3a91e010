package io.ipam.examples;

import io.ipam.address.Family;
import io.ipam.allocation.StateSnapshot;
import io.ipam.pool.PoolCatalog;
import io.ipam.problem.Problem;
import io.ipam.subnet.SubnetCatalog;
import java.util.List;
import java.util.Set;

/**
 * A cluster, as the manifests describe it.
 *
 * @param families the families of its IP stack
 * @param networks the networks that interfaces can join
 * @param catalog its pools and reserved addresses
 * @param subnets the subnets that pools of applications are carved from
 * @param held the addresses that the status of the pools records as held
 * @param unreadable the problems of records of that status; their addresses stay taken
 * @param requests the requests of the pods, in the order of the manifests
 * @param unused objects of kinds that are not read, {@code Service 3}
 * @param idle pods and makers of pods that have no address, with the reason
 * @param released addresses of finished pods that the status still records as held
 */
record Cluster(
        Set<Family> families,
        Networks networks,
        PoolCatalog catalog,
        SubnetCatalog subnets,
        StateSnapshot held,
        List<Problem> unreadable,
        List<PodRequest> requests,
        List<String> unused,
        List<String> idle,
        List<String> released) {}
